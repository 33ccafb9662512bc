(* Moving a day by months: docs/semantics.md §4, "Months" and laws 2 to 4.
   In the code: shift_months of src/guiju/compiler/days.py, Clip of src/guiju/compiler/kernel/expressions.py. *)

From Coq Require Import ZArith Lia Bool.
From Guiju Require Import Civil OrderKey.
Open Scope Z_scope.

(* What a day becomes where the month that is reached has no such day: that month's last day, or the first of
   the month after. *)
Inductive clip : Set := Down | Up.

Definition month_index (a : date) : Z := 12 * year a + month a - 1.

Definition length_of_month (i : Z) : Z := length (i / 12) (i mod 12 + 1).

Definition day_in_month (i d : Z) : date := Date (i / 12) (i mod 12 + 1) d.

Definition shift_months (c : clip) (n : Z) (a : date) : date :=
  let i := month_index a + n in
  if day a <=? length_of_month i then day_in_month i (day a)
  else match c with
       | Down => day_in_month i (length_of_month i)
       | Up => Date (i / 12) (i mod 12 + 2) 1
       end.

Definition clipped (n : Z) (a : date) : Prop := length_of_month (month_index a + n) < day a.

Lemma length_of_month_bounds : forall i, 28 <= length_of_month i <= 31.
Proof. intros i. apply length_bounds. Qed.

Lemma month_number_bounds : forall i, 0 <= i mod 12 <= 11.
Proof. intros i. pose proof (Z.mod_pos_bound i 12). lia. Qed.

Lemma key_by_month : forall a, key a = 31 * month_index a + day a - 1.
Proof. intros a. unfold key, month_index. lia. Qed.

Lemma key_of_day_in_month : forall i d, key (day_in_month i d) = 31 * i + d - 1.
Proof.
  intros i d. unfold key, day_in_month; cbn [year month day].
  pose proof (Z.div_mod i 12). lia.
Qed.

Lemma length_of_own_month : forall a, valid a -> length_of_month (month_index a) = length (year a) (month a).
Proof.
  intros [y m d] [Hm _]. unfold length_of_month, month_index; cbn [year month day] in *.
  f_equal.
  - symmetry. apply Z.div_unique with (r := m - 1); lia.
  - enough (m - 1 = (12 * y + m - 1) mod 12) by lia.
    apply Z.mod_unique with (q := y); lia.
Qed.

Lemma december_is_never_clipped : forall i, i mod 12 = 11 -> length_of_month i = 31.
Proof. intros i E. unfold length_of_month. now rewrite E. Qed.

Lemma day_bounds : forall a, valid a -> 1 <= day a <= 31.
Proof. intros a [_ Hd]. pose proof (length_bounds (year a) (month a)). lia. Qed.

Theorem shift_months_is_valid : forall c n a, valid a -> valid (shift_months c n a).
Proof.
  intros c n a Ha. unfold shift_months.
  set (i := month_index a + n). pose proof (month_number_bounds i) as Hi.
  pose proof (length_of_month_bounds i) as Hl. pose proof (day_bounds a Ha) as Hd.
  destruct (Z.leb_spec (day a) (length_of_month i)) as [L | L].
  - unfold valid, day_in_month; cbn [year month day]. fold (length_of_month i). lia.
  - destruct c; unfold valid, day_in_month; cbn [year month day].
    + fold (length_of_month i). lia.
    + pose proof (december_is_never_clipped i). pose proof (length_bounds (i / 12) (i mod 12 + 2)). lia.
Qed.

(* Moving by n months adds 31 n to the order key, but for the clipping: docs/semantics.md §9.5. *)
Theorem key_of_shift_down :
  forall n a,
  key (shift_months Down n a) = key a + 31 * n - Z.max 0 (day a - length_of_month (month_index a + n)).
Proof.
  intros n a. rewrite (key_by_month a). unfold shift_months.
  destruct (Z.leb_spec (day a) (length_of_month (month_index a + n)));
    rewrite key_of_day_in_month; lia.
Qed.

Theorem key_of_shift_up :
  forall n a,
  key (shift_months Up n a)
  = key a + 31 * n + (if length_of_month (month_index a + n) <? day a then 32 - day a else 0).
Proof.
  intros n a. rewrite (key_by_month a). unfold shift_months.
  destruct (Z.leb_spec (day a) (length_of_month (month_index a + n)));
    destruct (Z.ltb_spec (length_of_month (month_index a + n)) (day a)); try lia.
  - rewrite key_of_day_in_month. lia.
  - unfold key; cbn [year month day]. pose proof (Z.div_mod (month_index a + n) 12). lia.
Qed.

Theorem shift_by_no_months : forall c a, valid a -> shift_months c 0 a = a.
Proof.
  intros c a Ha. apply key_is_injective; auto using shift_months_is_valid.
  pose proof (length_of_own_month a Ha) as E. destruct Ha as [_ Hd].
  destruct c; rewrite ?key_of_shift_down, ?key_of_shift_up, (Z.add_0_r (month_index a)), E; [lia | ].
  destruct (Z.ltb_spec (length (year a) (month a)) (day a)); lia.
Qed.

Lemma later_in_months :
  forall a b, valid a -> valid b -> key a <= key b ->
  month_index a < month_index b \/ month_index a = month_index b /\ day a <= day b.
Proof.
  intros a b Ha Hb. rewrite !key_by_month.
  pose proof (day_bounds a Ha). pose proof (day_bounds b Hb). lia.
Qed.

Theorem shift_months_is_monotone_in_the_day :
  forall c n a b, valid a -> valid b ->
  not_after a b -> not_after (shift_months c n a) (shift_months c n b).
Proof.
  intros c n a b Ha Hb. rewrite !key_is_monotone by auto using shift_months_is_valid.
  intros L. apply later_in_months in L; auto.
  pose proof (day_bounds a Ha). pose proof (day_bounds b Hb).
  pose proof (length_of_month_bounds (month_index a + n)).
  pose proof (length_of_month_bounds (month_index b + n)).
  assert (E : month_index a = month_index b ->
              length_of_month (month_index a + n) = length_of_month (month_index b + n)) by now intros ->.
  destruct c; rewrite ?key_of_shift_down, ?key_of_shift_up, !key_by_month.
  - lia.
  - destruct (Z.ltb_spec (length_of_month (month_index a + n)) (day a));
      destruct (Z.ltb_spec (length_of_month (month_index b + n)) (day b)); lia.
Qed.

Theorem shift_months_is_strictly_monotone_in_the_months :
  forall c n k a, valid a -> (n < k <-> before (shift_months c n a) (shift_months c k a)).
Proof.
  assert (S : forall c n k a, valid a -> n < k -> key (shift_months c n a) < key (shift_months c k a)).
  { intros c n k a Ha L. pose proof (day_bounds a Ha).
    pose proof (length_of_month_bounds (month_index a + n)).
    pose proof (length_of_month_bounds (month_index a + k)).
    destruct c.
    - rewrite !key_of_shift_down. lia.
    - rewrite !key_of_shift_up.
      destruct (Z.ltb_spec (length_of_month (month_index a + n)) (day a));
        destruct (Z.ltb_spec (length_of_month (month_index a + k)) (day a)); lia. }
  intros c n k a Ha. rewrite key_is_strictly_monotone by auto using shift_months_is_valid.
  split; [now apply S | ].
  intros L. destruct (Z.lt_trichotomy n k) as [T | [-> | T]]; [exact T | lia | ].
  apply (S c) with (a := a) in T; auto; lia.
Qed.

Corollary shift_months_is_monotone_in_the_months :
  forall c n k a, valid a -> n <= k -> not_after (shift_months c n a) (shift_months c k a).
Proof.
  intros c n k a Ha L. apply Z.lt_eq_cases in L as [L | ->]; [left | now right].
  now apply shift_months_is_strictly_monotone_in_the_months.
Qed.

(* Unclipped moves add up, and can be undone. *)
Theorem unclipped_moves_add_up :
  forall c n k a, valid a -> ~ clipped n a ->
  shift_months c k (shift_months c n a) = shift_months c (n + k) a.
Proof.
  intros c n k a Ha U. unfold clipped in U.
  assert (E : shift_months c n a = day_in_month (month_index a + n) (day a)).
  { unfold shift_months.
    destruct (Z.leb_spec (day a) (length_of_month (month_index a + n))); [reflexivity | lia]. }
  rewrite E. unfold shift_months at 1 2.
  assert (I : month_index (day_in_month (month_index a + n) (day a)) = month_index a + n).
  { unfold month_index at 1, day_in_month; cbn [year month day].
    pose proof (Z.div_mod (month_index a + n) 12). lia. }
  rewrite I. cbn [day day_in_month]. now rewrite Z.add_assoc.
Qed.

Corollary an_unclipped_move_can_be_undone :
  forall c n a, valid a -> ~ clipped n a -> shift_months c (- n) (shift_months c n a) = a.
Proof.
  intros c n a Ha U. rewrite unclipped_moves_add_up by assumption.
  rewrite Z.add_opp_diag_r. now apply shift_by_no_months.
Qed.
