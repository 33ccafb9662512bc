(* The day number, which counts days, orders days as the calendar does and as the order key does:
   docs/semantics.md §4, law 1, second half. In the code: datetime.date.toordinal, by which
   src/guiju/compiler/days.py counts and evaluate.py compares. *)

From Coq Require Import ZArith Lia Bool.
From Guiju Require Import Civil OrderKey.
Open Scope Z_scope.

Ltac Zify.zify_post_hook ::= Z.to_euclidean_division_equations.

(* Days before 1 January of year [y], counted from 1 January of year 1. *)
Definition before_year (y : Z) : Z :=
  365 * (y - 1) + (y - 1) / 4 - (y - 1) / 100 + (y - 1) / 400.

(* Days of year [y] before the first of month [m]. *)
Definition before_month (y m : Z) : Z :=
  match m with
  | 1 => 0
  | 2 => 31
  | 3 => 59
  | 4 => 90
  | 5 => 120
  | 6 => 151
  | 7 => 181
  | 8 => 212
  | 9 => 243
  | 10 => 273
  | 11 => 304
  | _ => 334
  end + (if leap y && (2 <? m) then 1 else 0).

(* 1 January of year 1 is day 1. *)
Definition number (a : date) : Z :=
  before_year (year a) + before_month (year a) (month a) + day a.

Definition year_length (y : Z) : Z := if leap y then 366 else 365.

Lemma before_next_year : forall y, before_year (y + 1) = before_year y + year_length y.
Proof.
  intros y. unfold before_year, year_length, leap.
  replace (y + 1 - 1) with y by lia.
  destruct (Z.eqb_spec (y mod 4) 0), (Z.eqb_spec (y mod 100) 0), (Z.eqb_spec (y mod 400) 0);
    cbn [andb orb negb]; lia.
Qed.

Lemma before_later_year : forall y y', y < y' -> before_year y + year_length y <= before_year y'.
Proof.
  intros y y' L. rewrite <- before_next_year. unfold before_year. lia.
Qed.

Lemma before_next_month :
  forall y m, 1 <= m <= 11 -> before_month y (m + 1) = before_month y m + length y m.
Proof.
  intros y m H. assert (H' : 1 <= m <= 12) by lia.
  each_month m H'; cbn; destruct (leap y); cbn; reflexivity || lia.
Qed.

Lemma before_end_of_year : forall y, before_month y 12 + length y 12 = year_length y.
Proof. intros y. unfold before_month, year_length; cbn. destruct (leap y); cbn; lia. Qed.

Lemma before_later_month :
  forall y m m', 1 <= m -> m < m' -> m' <= 12 -> before_month y m + length y m <= before_month y m'.
Proof.
  intros y m m' H L. assert (S : Z.succ m <= m') by lia. clear L. revert m' S.
  apply (Zlt_lower_bound_ind (fun m' => m' <= 12 -> before_month y m + length y m <= before_month y m')).
  intros k IH L Hk. rewrite <- before_next_month by lia.
  destruct (Z.eq_dec k (Z.succ m)) as [-> | N]; [unfold Z.succ; lia | ].
  pose proof (before_next_month y (k - 1)) as S. replace (k - 1 + 1) with k in S by lia.
  rewrite before_next_month by lia.
  pose proof (IH (k - 1)). pose proof (length_bounds y (k - 1)). lia.
Qed.

Lemma days_within_year :
  forall a, valid a -> 1 <= before_month (year a) (month a) + day a <= year_length (year a).
Proof.
  intros [y m d] [Hm Hd]; cbn [year month day] in *.
  assert (H : 0 <= before_month y m /\ before_month y m + length y m <= year_length y).
  { each_month m Hm; unfold year_length; cbn; destruct (leap y); cbn; lia. }
  lia.
Qed.

Lemma earlier_has_a_lower_number :
  forall a b, valid a -> valid b -> before a b -> number a < number b.
Proof.
  intros a b Ha Hb B.
  pose proof (days_within_year a Ha) as Wa. pose proof (days_within_year b Hb) as Wb.
  destruct a as [y m d], b as [y' m' d'], Ha as [Hm Hd], Hb as [Hm' Hd'].
  unfold number, before in *; cbn [year month day] in *.
  destruct B as [B | [<- [B | [<- B]]]].
  - pose proof (before_later_year y y' B). lia.
  - pose proof (before_later_month y m m'). lia.
  - lia.
Qed.

Theorem number_is_strictly_monotone :
  forall a b, valid a -> valid b -> (before a b <-> number a < number b).
Proof.
  intros a b Ha Hb. split; [now apply earlier_has_a_lower_number | ].
  intros L. destruct (before_total a b) as [B | [<- | B]]; [exact B | lia | ].
  apply earlier_has_a_lower_number in B; auto; lia.
Qed.

Theorem number_is_injective : forall a b, valid a -> valid b -> number a = number b -> a = b.
Proof.
  intros a b Ha Hb E.
  destruct (before_total a b) as [B | [B | B]]; [ | exact B | ];
    apply number_is_strictly_monotone in B; auto; lia.
Qed.

(* Order key against day number: the two encodings of dates order days alike. *)
Theorem key_and_number_order_alike :
  forall a b, valid a -> valid b -> (key a < key b <-> number a < number b).
Proof.
  intros a b Ha Hb.
  now rewrite <- key_is_strictly_monotone, <- number_is_strictly_monotone by assumption.
Qed.

Theorem key_and_number_agree_on_equality :
  forall a b, valid a -> valid b -> (key a = key b <-> number a = number b).
Proof.
  intros a b Ha Hb. split; intros E.
  - now rewrite (key_is_injective a b).
  - now rewrite (number_is_injective a b).
Qed.

Theorem consecutive_days_have_consecutive_numbers :
  forall a, valid a -> number (next a) = number a + 1.
Proof.
  intros [y m d] [Hm Hd]. unfold next, number; cbn [year month day] in *.
  destruct (Z.ltb_spec d (length y m)); cbn [year month day]; [lia | ].
  destruct (Z.ltb_spec m 12); cbn [year month day].
  - rewrite before_next_month by lia. lia.
  - assert (m = 12) as -> by lia.
    rewrite before_next_year, <- before_end_of_year.
    change (before_month (y + 1) 1) with (0 + (if leap (y + 1) && false then 1 else 0)).
    rewrite andb_false_r. lia.
Qed.

(* Moving by whole days: the day whose number is so much greater. *)
Definition shift_days (n : Z) (a : date) : date :=
  match n with
  | Z0 => a
  | Zpos p => Pos.iter next a p
  | Zneg p => Pos.iter previous a p
  end.

Lemma iterated_next :
  forall p a, valid a ->
  valid (Pos.iter next a p) /\ number (Pos.iter next a p) = number a + Zpos p.
Proof.
  intros p a Ha. induction p using Pos.peano_ind; cbn [Pos.iter].
  - split; [now apply next_is_valid | now apply consecutive_days_have_consecutive_numbers].
  - rewrite Pos.iter_succ. destruct IHp as [V N]. split; [now apply next_is_valid | ].
    rewrite consecutive_days_have_consecutive_numbers by assumption. lia.
Qed.

Lemma iterated_previous :
  forall p a, valid a ->
  valid (Pos.iter previous a p) /\ number (Pos.iter previous a p) = number a - Zpos p.
Proof.
  assert (B : forall a, valid a -> number (previous a) = number a - 1).
  { intros a Ha. rewrite <- (next_of_previous a Ha) at 2.
    rewrite consecutive_days_have_consecutive_numbers by now apply previous_is_valid. lia. }
  intros p a Ha. induction p using Pos.peano_ind; cbn [Pos.iter].
  - split; [now apply previous_is_valid | now apply B].
  - rewrite Pos.iter_succ. destruct IHp as [V N]. split; [now apply previous_is_valid | ].
    rewrite B by assumption. lia.
Qed.

Theorem shift_days_is_valid : forall n a, valid a -> valid (shift_days n a).
Proof.
  intros [ | p | p] a Ha; cbn; [exact Ha | apply iterated_next | apply iterated_previous]; exact Ha.
Qed.

Theorem number_of_shift_days : forall n a, valid a -> number (shift_days n a) = number a + n.
Proof.
  intros [ | p | p] a Ha; cbn [shift_days]; [lia | now apply iterated_next | ].
  rewrite (proj2 (iterated_previous p a Ha)). lia.
Qed.

(* Every whole number is the number of exactly one day. *)
Theorem number_is_onto : forall n, exists a, valid a /\ number a = n.
Proof.
  intros n. exists (shift_days (n - 1) (Date 1 1 1)).
  assert (V : valid (Date 1 1 1)) by (apply is_valid_iff; reflexivity).
  split; [now apply shift_days_is_valid | ].
  rewrite number_of_shift_days by assumption. change (number (Date 1 1 1)) with 1. lia.
Qed.

Definition days_between (a b : date) : Z := number b - number a.

Theorem days_between_shifted : forall n a, valid a -> days_between a (shift_days n a) = n.
Proof. intros n a Ha. unfold days_between. rewrite number_of_shift_days by assumption. lia. Qed.

Theorem shift_days_adds_up :
  forall n k a, valid a -> shift_days k (shift_days n a) = shift_days (n + k) a.
Proof.
  intros n k a Ha. apply number_is_injective.
  - now apply shift_days_is_valid, shift_days_is_valid.
  - now apply shift_days_is_valid.
  - rewrite !number_of_shift_days by auto using shift_days_is_valid. lia.
Qed.
