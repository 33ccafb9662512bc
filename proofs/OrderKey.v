(* The order key of a day orders days as the calendar does: docs/semantics.md §4, law 1, first half.
   In the code: key_of and date_of of src/guiju/compiler/smt/keys.py. *)

From Coq Require Import ZArith Lia.
From Guiju Require Import Civil.
Open Scope Z_scope.

Definition key (a : date) : Z := (12 * year a + month a - 1) * 31 + day a - 1.

Theorem key_is_strictly_monotone :
  forall a b, valid a -> valid b -> (before a b <-> key a < key b).
Proof.
  intros a b [Hm Hd] [Hm' Hd']. unfold before, key.
  pose proof (length_bounds (year a) (month a)).
  pose proof (length_bounds (year b) (month b)).
  lia.
Qed.

Theorem key_is_injective : forall a b, valid a -> valid b -> key a = key b -> a = b.
Proof.
  intros a b Ha Hb E.
  destruct (before_total a b) as [B | [B | B]]; [ | exact B | ];
    apply key_is_strictly_monotone in B; auto; lia.
Qed.

Theorem key_is_monotone :
  forall a b, valid a -> valid b -> (not_after a b <-> key a <= key b).
Proof.
  intros a b Ha Hb. unfold not_after. split.
  - intros [B | ->]; [apply key_is_strictly_monotone in B; auto; lia | lia].
  - intros L. apply Z.lt_eq_cases in L as [L | L].
    + left. now apply key_is_strictly_monotone.
    + right. now apply key_is_injective.
Qed.

(* The way back, by two divisions. *)
Definition date_of (k : Z) : date := Date (k / 31 / 12) (k / 31 mod 12 + 1) (k mod 31 + 1).

Theorem date_of_key : forall a, valid a -> date_of (key a) = a.
Proof.
  intros [y m d] [Hm Hd]. unfold date_of, key; cbn [year month day] in *.
  pose proof (length_bounds y m).
  assert (Q : ((12 * y + m - 1) * 31 + d - 1) / 31 = 12 * y + m - 1).
  { symmetry. apply Z.div_unique with (r := d - 1); lia. }
  assert (R : ((12 * y + m - 1) * 31 + d - 1) mod 31 = d - 1).
  { symmetry. apply Z.mod_unique with (q := 12 * y + m - 1); lia. }
  rewrite Q, R. f_equal; [ | | lia].
  - symmetry. apply Z.div_unique with (r := m - 1); lia.
  - enough (E : m - 1 = (12 * y + m - 1) mod 12) by lia.
    apply Z.mod_unique with (q := y); lia.
Qed.
