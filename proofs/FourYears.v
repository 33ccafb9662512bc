(* The solver's day number, linear in the parts of a date but for one quotient, is the day number of the
   calendar from 1901 to 2099: docs/semantics.md §9.5 ("a constraint that is exact in the calendar").
   In the code: digits and number_of_key of src/guiju/compiler/smt/keys.py, and Parts, _real and
   _number_from_parts of src/guiju/compiler/smt/dates.py. *)

From Coq Require Import ZArith Lia Bool.
From Guiju Require Import Civil OrderKey DayNumber.
Open Scope Z_scope.

(* A year that begins in March, as a cycle of four years and a phase in it; the month and the day from 0. *)
Record parts : Set := Parts { cycle : Z; phase : Z; from_march : Z; from_first : Z }.

Definition march : Z := 62.

Definition key_of_parts (p : parts) : Z :=
  march + 1488 * cycle p + 372 * phase p + 31 * from_march p + from_first p.

Definition parts_of (k : Z) : parts :=
  let months := (k - march) / 31 in
  Parts (months / 48) (months mod 48 / 12) (months mod 48 mod 12) ((k - march) mod 31).

Definition ordinal_base : Z := 695116 - 1461 * 476.

Definition number_of_parts (p : parts) : Z :=
  ordinal_base + 1461 * cycle p + 365 * phase p + (153 * from_march p + 2) / 5 + from_first p.

(* The month has that day, under the rule that every fourth year is a leap year. *)
Definition real (p : parts) : Prop :=
  0 <= phase p <= 3 /\ 0 <= from_march p <= 11 /\
  0 <= from_first p <= 30 /\
  (27 < from_first p -> from_march p = 11 -> phase p = 3) /\
  (28 < from_first p -> from_march p <> 11) /\
  (29 < from_first p ->
   from_march p <> 1 /\ from_march p <> 3 /\ from_march p <> 6 /\ from_march p <> 8).

Definition in_calendar (a : date) : Prop := valid a /\ 1901 <= year a <= 2099.

Lemma ordinal_base_is_a_day_number :
  ordinal_base = number (Date 1904 3 1) - 1461 * (1904 / 4).
Proof. reflexivity. Qed.

Lemma every_fourth_year : forall y, 1901 <= y <= 2099 -> leap y = (y mod 4 =? 0).
Proof.
  intros y H. unfold leap.
  destruct (Z.eqb_spec (y mod 4) 0), (Z.eqb_spec (y mod 100) 0), (Z.eqb_spec (y mod 400) 0);
    cbn; lia.
Qed.

Theorem every_key_has_parts :
  forall k, key_of_parts (parts_of k) = k
  /\ 0 <= phase (parts_of k) <= 3 /\ 0 <= from_march (parts_of k) <= 11
  /\ 0 <= from_first (parts_of k) <= 30.
Proof.
  intros k. unfold key_of_parts, parts_of, march; cbn [cycle phase from_march from_first]. lia.
Qed.

Theorem parts_are_unique :
  forall p q,
  0 <= phase p <= 3 -> 0 <= from_march p <= 11 -> 0 <= from_first p <= 30 ->
  0 <= phase q <= 3 -> 0 <= from_march q <= 11 -> 0 <= from_first q <= 30 ->
  key_of_parts p = key_of_parts q -> p = q.
Proof.
  intros [c f m d] [c' f' m' d']. unfold key_of_parts; cbn [cycle phase from_march from_first].
  intros. assert (c = c' /\ f = f' /\ m = m' /\ d = d') as (-> & -> & -> & ->) by lia.
  reflexivity.
Qed.

Definition parts_of_date (a : date) : parts :=
  let y := if 2 <? month a then year a else year a - 1 in
  let m := if 2 <? month a then month a - 3 else month a + 9 in
  Parts (y / 4) (y mod 4) m (day a - 1).

Lemma parts_of_date_are_parts_of_its_key :
  forall a, valid a -> parts_of_date a = parts_of (key a).
Proof.
  intros a [Hm Hd]. pose proof (length_bounds (year a) (month a)).
  pose proof (every_key_has_parts (key a)) as (E & P & M & D).
  apply parts_are_unique; auto.
  - unfold parts_of_date; cbn [phase]. lia.
  - unfold parts_of_date; cbn [from_march]. destruct (Z.ltb_spec 2 (month a)); lia.
  - unfold parts_of_date; cbn [from_first]. lia.
  - rewrite E. unfold key_of_parts, parts_of_date, key, march; cbn [cycle phase from_march from_first].
    destruct (Z.ltb_spec 2 (month a)); lia.
Qed.

Theorem real_parts_are_those_of_a_day :
  forall a, 1 <= month a <= 12 -> 1 <= day a <= 31 -> 1901 <= year a <= 2099 ->
  (valid a <-> real (parts_of_date a)).
Proof.
  intros [y m d] Hm Hd Hy. cbn [year month day] in *.
  unfold valid, real, parts_of_date; cbn [year month day cycle phase from_march from_first].
  each_month m Hm; cbn [Z.ltb Z.compare Pos.compare Pos.compare_cont length];
    try rewrite every_fourth_year by assumption; try destruct (Z.eqb_spec (y mod 4) 0); lia.
Qed.

Theorem number_by_parts_is_the_number :
  forall a, in_calendar a -> number_of_parts (parts_of_date a) = number a.
Proof.
  intros [y m d] [[Hm Hd] Hy]. cbn [year month day] in *. clear Hd.
  unfold number_of_parts, parts_of_date, number, before_year, before_month, ordinal_base.
  cbn [year month day cycle phase from_march from_first].
  rewrite every_fourth_year by assumption.
  each_month m Hm; cbn [Z.ltb Z.compare Pos.compare Pos.compare_cont];
    destruct (Z.eqb_spec (y mod 4) 0); cbn [andb]; lia.
Qed.

(* So the solver may pass from the key to the number and back, for every day of the calendar. *)
Corollary number_by_the_parts_of_the_key :
  forall a, in_calendar a -> number_of_parts (parts_of (key a)) = number a.
Proof.
  intros a H. rewrite <- parts_of_date_are_parts_of_its_key by apply H.
  now apply number_by_parts_is_the_number.
Qed.
