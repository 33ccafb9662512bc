(* Civil dates of the Gregorian calendar and their order. docs/semantics.md §4. *)

From Coq Require Import ZArith Lia Bool.
Open Scope Z_scope.

Definition leap (y : Z) : bool :=
  (y mod 4 =? 0) && (negb (y mod 100 =? 0) || (y mod 400 =? 0)).

(* The number of days of month [m], 1 to 12, of year [y]. *)
Definition length (y m : Z) : Z :=
  match m with
  | 2 => if leap y then 29 else 28
  | 4 | 6 | 9 | 11 => 30
  | _ => 31
  end.

Record date : Set := Date { year : Z; month : Z; day : Z }.

Definition valid (a : date) : Prop :=
  1 <= month a <= 12 /\ 1 <= day a <= length (year a) (month a).

Definition is_valid (a : date) : bool :=
  (1 <=? month a) && (month a <=? 12) && (1 <=? day a) && (day a <=? length (year a) (month a)).

(* The order of the calendar: by year, then by month, then by day. *)
Definition before (a b : date) : Prop :=
  year a < year b
  \/ year a = year b
     /\ (month a < month b \/ month a = month b /\ day a < day b).

Definition not_after (a b : date) : Prop := before a b \/ a = b.

(* The day after. *)
Definition next (a : date) : date :=
  if day a <? length (year a) (month a) then Date (year a) (month a) (day a + 1)
  else if month a <? 12 then Date (year a) (month a + 1) 1
  else Date (year a + 1) 1 1.

(* The day before. *)
Definition previous (a : date) : date :=
  if 1 <? day a then Date (year a) (month a) (day a - 1)
  else if 1 <? month a then Date (year a) (month a - 1) (length (year a) (month a - 1))
  else Date (year a - 1) 12 31.

(* [m] is one of the twelve months: go through them. *)
Ltac each_month m H :=
  let E := fresh in
  assert (E : m = 1 \/ m = 2 \/ m = 3 \/ m = 4 \/ m = 5 \/ m = 6 \/ m = 7 \/ m = 8 \/ m = 9
              \/ m = 10 \/ m = 11 \/ m = 12) by (clear - H; lia);
  repeat (destruct E as [E | E]; [subst m | ]); [.. | subst m].

Lemma length_bounds : forall y m, 28 <= length y m <= 31.
Proof.
  intros y m. unfold length.
  repeat match goal with |- context [match ?p with _ => _ end] => destruct p end; lia.
Qed.

Lemma december_has_31_days : forall y, length y 12 = 31.
Proof. reflexivity. Qed.

Theorem is_valid_iff : forall a, is_valid a = true <-> valid a.
Proof.
  intros a. unfold is_valid, valid.
  rewrite !andb_true_iff, !Z.leb_le. tauto.
Qed.

Theorem before_irreflexive : forall a, ~ before a a.
Proof. unfold before. intros a. lia. Qed.

Theorem before_transitive : forall a b c, before a b -> before b c -> before a c.
Proof. unfold before. intros a b c. lia. Qed.

Theorem before_total : forall a b, before a b \/ a = b \/ before b a.
Proof.
  intros [y m d] [y' m' d']. unfold before; cbn.
  assert (E : (y = y' /\ m = m' /\ d = d')
              \/ ~ (y = y' /\ m = m' /\ d = d')) by lia.
  destruct E as [(-> & -> & ->) | E]; [auto | lia].
Qed.

Theorem next_is_valid : forall a, valid a -> valid (next a).
Proof.
  intros [y m d] [Hm Hd]. unfold next, valid in *; cbn [year month day] in *.
  pose proof (length_bounds y (m + 1)).
  destruct (Z.ltb_spec d (length y m)); cbn [year month day]; [lia | ].
  destruct (Z.ltb_spec m 12); cbn [year month day]; [lia | ].
  cbn. lia.
Qed.

Theorem previous_is_valid : forall a, valid a -> valid (previous a).
Proof.
  intros [y m d] [Hm Hd]. unfold previous, valid in *; cbn [year month day] in *.
  pose proof (length_bounds y (m - 1)).
  destruct (Z.ltb_spec 1 d); cbn [year month day]; [lia | ].
  destruct (Z.ltb_spec 1 m); cbn [year month day]; [lia | ].
  cbn. lia.
Qed.

Theorem next_of_previous : forall a, valid a -> next (previous a) = a.
Proof.
  intros [y m d] [Hm Hd]. unfold next, previous; cbn [year month day] in *.
  destruct (Z.ltb_spec 1 d); cbn [year month day].
  - destruct (Z.ltb_spec (d - 1) (length y m)); [f_equal; lia | lia].
  - destruct (Z.ltb_spec 1 m); cbn [year month day].
    + rewrite Z.ltb_irrefl. destruct (Z.ltb_spec (m - 1) 12); [f_equal; lia | lia].
    + cbn. f_equal; lia.
Qed.

(* Nothing lies between a day and the next: [next] is the successor in the order of the calendar. *)
Theorem next_is_the_next : forall a b, valid a -> valid b -> (before a b <-> not_after (next a) b).
Proof.
  intros [y m d] [y' m' d'] [Hm Hd] [Hm' Hd'].
  unfold not_after, next, before; cbn [year month day] in *.
  split.
  - intros B.
    destruct (Z.ltb_spec d (length y m)) as [S | S]; cbn [year month day].
    + assert (C : (y' = y /\ m' = m /\ d' = d + 1) \/ ~ (y' = y /\ m' = m /\ d' = d + 1)) by lia.
      destruct C as [(-> & -> & ->) | C]; [now right | left; lia].
    + assert (D : y = y' -> m = m' -> False) by (intros <- <-; lia).
      destruct (Z.ltb_spec m 12); cbn [year month day].
      * assert (C : (y' = y /\ m' = m + 1 /\ d' = 1) \/ ~ (y' = y /\ m' = m + 1 /\ d' = 1)) by lia.
        destruct C as [(-> & -> & ->) | C]; [now right | left; lia].
      * assert (C : (y' = y + 1 /\ m' = 1 /\ d' = 1) \/ ~ (y' = y + 1 /\ m' = 1 /\ d' = 1)) by lia.
        destruct C as [(-> & -> & ->) | C]; [now right | left; lia].
  - destruct (Z.ltb_spec d (length y m)); [ | destruct (Z.ltb_spec m 12)]; cbn [year month day];
      (intros [B | E]; [lia | injection E; lia]).
Qed.
