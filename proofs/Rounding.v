(* The two roundings of a move by months, where they differ, and what clipping breaks:
   docs/semantics.md §4, laws 5 and 6. In the code: shift_months of src/guiju/compiler/days.py and _Target of
   src/guiju/compiler/smt/dates.py. *)

From Coq Require Import ZArith Lia Bool.
From Guiju Require Import Civil OrderKey DayNumber Months.
Open Scope Z_scope.

Theorem unclipped_roundings_agree :
  forall n a, ~ clipped n a -> shift_months Up n a = shift_months Down n a.
Proof.
  intros n a U. unfold clipped, shift_months in *.
  destruct (Z.leb_spec (day a) (length_of_month (month_index a + n))); [reflexivity | lia].
Qed.

(* Where something is clipped, rounding up gives the day after rounding down. *)
Theorem clipped_roundings_are_a_day_apart :
  forall n a, valid a -> clipped n a -> shift_months Up n a = next (shift_months Down n a).
Proof.
  intros n a Ha U. unfold clipped, shift_months in *. set (i := month_index a + n) in *.
  destruct (Z.leb_spec (day a) (length_of_month i)); [lia | ].
  unfold next, day_in_month; cbn [year month day]. fold (length_of_month i). rewrite Z.ltb_irrefl.
  pose proof (day_bounds a Ha). pose proof (month_number_bounds i).
  pose proof (december_is_never_clipped i).
  destruct (Z.ltb_spec (i mod 12 + 1) 12); [f_equal; lia | lia].
Qed.

Corollary the_roundings_differ_where_something_is_clipped :
  forall n a, valid a -> (shift_months Up n a <> shift_months Down n a <-> clipped n a).
Proof.
  intros n a Ha. split.
  - intros D. unfold clipped. apply Z.lt_nge. intros L. apply D, unclipped_roundings_agree.
    unfold clipped. lia.
  - intros C E. rewrite (clipped_roundings_are_a_day_apart n a Ha C) in E.
    pose proof (consecutive_days_have_consecutive_numbers _ (shift_months_is_valid Down n a Ha)) as N.
    rewrite E in N. lia.
Qed.

Corollary the_roundings_are_at_most_a_day_apart :
  forall n a, valid a ->
  0 <= days_between (shift_months Down n a) (shift_months Up n a) <= 1.
Proof.
  intros n a Ha. unfold days_between.
  destruct (Z.lt_ge_cases (length_of_month (month_index a + n)) (day a)) as [C | C].
  - rewrite (clipped_roundings_are_a_day_apart n a Ha C).
    rewrite consecutive_days_have_consecutive_numbers by now apply shift_months_is_valid. lia.
  - rewrite unclipped_roundings_agree by (unfold clipped; lia). lia.
Qed.

(* A day that every month has is never clipped. *)
Theorem no_day_up_to_the_28th_is_clipped : forall n a, day a <= 28 -> ~ clipped n a.
Proof.
  intros n a L. unfold clipped. pose proof (length_of_month_bounds (month_index a + n)). lia.
Qed.

(* Years are twelve months each; only 29 February can be clipped by them. *)
Definition shift_years (c : clip) (n : Z) (a : date) : date := shift_months c (12 * n) a.

Lemma month_reached_by_years :
  forall n a, valid a -> length_of_month (month_index a + 12 * n) = length (year a + n) (month a).
Proof.
  intros n [y m d] [Hm _]. unfold length_of_month, month_index; cbn [year month day] in *. f_equal.
  - symmetry. apply Z.div_unique with (r := m - 1); lia.
  - enough (m - 1 = (12 * y + m - 1 + 12 * n) mod 12) by lia.
    apply Z.mod_unique with (q := y + n); lia.
Qed.

Theorem years_clip_29_february_only :
  forall n a, valid a ->
  (clipped (12 * n) a <-> month a = 2 /\ day a = 29 /\ leap (year a + n) = false).
Proof.
  intros n a Ha. unfold clipped. rewrite month_reached_by_years by assumption.
  destruct a as [y m d], Ha as [Hm Hd]. cbn [year month day] in *.
  each_month m Hm; cbn in *; try lia.
  destruct (leap y), (leap (y + n)); split; intros; try lia; intuition; discriminate.
Qed.

Theorem years_keep_month_and_day :
  forall c n a, valid a -> ~ clipped (12 * n) a ->
  shift_years c n a = Date (year a + n) (month a) (day a).
Proof.
  intros c n [y m d] [Hm Hd] U. unfold clipped, shift_years, shift_months in *.
  cbn [year month day] in *.
  destruct (Z.leb_spec d (length_of_month (month_index (Date y m d) + 12 * n))); [ | lia].
  unfold day_in_month, month_index; cbn [year month day]. f_equal.
  - symmetry. apply Z.div_unique with (r := m - 1); lia.
  - enough (m - 1 = (12 * y + m - 1 + 12 * n) mod 12) by lia.
    apply Z.mod_unique with (q := y + n); lia.
Qed.

(* Rounded down, two moves never go further than one (law 6), and go as far unless the first is clipped
   (Months.unclipped_moves_add_up). *)
Theorem two_moves_down_go_no_further_than_one :
  forall n k a, valid a ->
  not_after (shift_months Down k (shift_months Down n a)) (shift_months Down (n + k) a).
Proof.
  intros n k a Ha.
  assert (Hn : valid (shift_months Down n a)) by now apply shift_months_is_valid.
  destruct (Z.lt_ge_cases (length_of_month (month_index a + n)) (day a)) as [C | C].
  - apply key_is_monotone; auto using shift_months_is_valid.
    assert (E : shift_months Down n a
                = day_in_month (month_index a + n) (length_of_month (month_index a + n))).
    { unfold shift_months.
      destruct (Z.leb_spec (day a) (length_of_month (month_index a + n))); [lia | reflexivity]. }
    assert (I : month_index (shift_months Down n a) = month_index a + n).
    { rewrite E. unfold month_index at 1, day_in_month; cbn [year month day].
      pose proof (Z.div_mod (month_index a + n) 12). lia. }
    assert (D : day (shift_months Down n a) = length_of_month (month_index a + n)) by now rewrite E.
    rewrite !key_of_shift_down, I, D. rewrite <- Z.add_assoc. lia.
  - rewrite unclipped_moves_add_up by (auto; unfold clipped; lia). now right.
Qed.

(* Months do not add up where the first move is clipped: 31 January, one month and one more. *)
Example months_do_not_add_up :
  shift_months Down 1 (shift_months Down 1 (Date 2025 1 31)) = Date 2025 3 28
  /\ shift_months Down (1 + 1) (Date 2025 1 31) = Date 2025 3 31
  /\ shift_months Up 1 (shift_months Up 1 (Date 2025 1 31)) = Date 2025 4 1
  /\ shift_months Up (1 + 1) (Date 2025 1 31) = Date 2025 3 31.
Proof. repeat split; reflexivity. Qed.

Example a_clipped_move_cannot_be_undone :
  shift_months Down (-1) (shift_months Down 1 (Date 2025 3 31)) = Date 2025 3 30.
Proof. reflexivity. Qed.

Example twelve_times_a_month_may_end_before_a_year :
  Nat.iter 12 (shift_months Down 1) (Date 2025 1 31) = Date 2026 1 28
  /\ shift_years Down 1 (Date 2025 1 31) = Date 2026 1 31.
Proof. split; reflexivity. Qed.

Example a_year_from_29_february :
  shift_years Down 1 (Date 2024 2 29) = Date 2025 2 28
  /\ shift_years Up 1 (Date 2024 2 29) = Date 2025 3 1
  /\ shift_years Down 4 (Date 2024 2 29) = Date 2028 2 29.
Proof. repeat split; reflexivity. Qed.
