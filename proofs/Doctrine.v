(* The default doctrine without its explicit priorities has no circles: docs/semantics.md §8, steps 2 to 4, and
   §9.6. In the code: settle of src/guiju/compiler/doctrine.py. *)

From Coq Require Import ZArith List Bool Arith Lia Relations.
From Guiju Require Import Acyclic.
Open Scope Z_scope.

Record instrument : Set := Instrument {
  number : nat;
  issuer : nat; (* a department's is its authority *)
  level : option Z; (* of its rank, where it has one; higher prevails *)
  begins : option Z (* its first day, or day of issue, where one is known *)
}.

Definition outranks (i j : instrument) : bool :=
  match level i, level j with Some a, Some b => b <? a | _, _ => false end.

Definition earlier (i j : instrument) : bool :=
  match begins i, begins j with Some a, Some b => a <? b | _, _ => false end.

Definition another (i j : instrument) : bool := negb (number i =? number j)%nat.

Section Doctrine.

(* Norms by id, the instrument of each, and whether the guard of one implies that of the other, as the solver
   proved it. *)
Variable of : nat -> instrument.
Variable implies : nat -> nat -> bool.

(* Superior, then within one issuer special (not against an older special rule), then posterior. *)
Definition prevails (m n : nat) : bool :=
  if outranks (of m) (of n) then true
  else if outranks (of n) (of m) then false
  else if (issuer (of m) =? issuer (of n))%nat then
    match implies m n, implies n m with
    | true, false => negb (another (of m) (of n) && earlier (of m) (of n))
    | false, true => false
    | _, _ => another (of m) (of n) && earlier (of n) (of m)
    end
  else false.

(* Within one issuer either all instruments have a rank or none; all have a known first day; and an instrument
   is told by its number. *)
Definition ranked_alike : Prop :=
  forall m n, issuer (of m) = issuer (of n) -> (level (of m) = None <-> level (of n) = None).

Definition dated : Prop := forall m, begins (of m) <> None.

Definition told_by_number : Prop := forall m n, number (of m) = number (of n) -> of m = of n.

Definition implies_transitively : Prop :=
  forall a b c, implies a b = true -> implies b c = true -> implies a c = true.

Definition begin (m : nat) : Z := match begins (of m) with Some d => d | None => 0 end.

(* Back in date, or at one date to a strictly weaker guard. *)
Definition behind (m n : nat) : Prop :=
  issuer (of m) = issuer (of n)
  /\ (begin n < begin m \/ begin n = begin m /\ implies m n = true /\ implies n m = false).

(* Down in rank, or behind at one rank, or behind without one. *)
Definition below (m n : nat) : Prop :=
  match level (of m), level (of n) with
  | Some a, Some b => b < a \/ b = a /\ behind m n
  | None, None => behind m n
  | _, _ => False
  end.

Lemma behind_is_transitive :
  implies_transitively -> forall a b c, behind a b -> behind b c -> behind a c.
Proof.
  intros T a b c [E H] [E' H']. split; [congruence | ].
  destruct H as [H | (H & I & N)], H' as [H' | (H' & I' & N')]; try (left; lia).
  right. split; [lia | split; [now apply T with b | ]].
  apply not_true_iff_false. intros X. apply not_true_iff_false in N'. apply N'. now apply T with a.
Qed.

Lemma below_is_transitive :
  implies_transitively -> forall a b c, below a b -> below b c -> below a c.
Proof.
  intros T a b c. unfold below.
  destruct (level (of a)), (level (of b)), (level (of c)); try tauto.
  - intros [H | [H B]] [H' | [H' B']]; try (left; lia).
    right. split; [lia | now apply behind_is_transitive with b].
  - now apply behind_is_transitive.
Qed.

Lemma below_is_irreflexive : forall a, ~ below a a.
Proof.
  intros a. unfold below, behind. destruct (level (of a)); intros H; intuition (try lia; congruence).
Qed.

Lemma what_prevails_is_above :
  ranked_alike -> dated -> told_by_number -> forall m n, prevails m n = true -> below m n.
Proof.
  intros R D N m n. unfold prevails, below, outranks, earlier.
  assert (W : issuer (of m) = issuer (of n) ->
              match implies m n, implies n m with
              | true, false => negb (another (of m) (of n)
                  && match begins (of m), begins (of n) with Some a, Some b => a <? b | _, _ => false end)
              | false, true => false
              | _, _ => another (of m) (of n)
                  && match begins (of n), begins (of m) with Some a, Some b => a <? b | _, _ => false end
              end = true -> behind m n).
  { intros E H. split; [exact E | ]. unfold begin.
    pose proof (D m) as Dm. pose proof (D n) as Dn. pose proof (N m n) as Nmn.
    unfold another in H.
    destruct (begins (of m)) as [a | ] eqn:Bm; [ | congruence].
    destruct (begins (of n)) as [b | ] eqn:Bn; [ | congruence].
    destruct (implies m n), (implies n m); try discriminate.
    - apply andb_true_iff in H as [_ H]. apply Z.ltb_lt in H. now left.
    - destruct (Nat.eqb_spec (number (of m)) (number (of n))) as [S | S]; cbn in H.
      + rewrite (Nmn S) in Bm. assert (a = b) as -> by congruence. right. auto.
      + apply negb_true_iff, Z.ltb_ge in H. apply Z.lt_eq_cases in H as [H | H]; auto.
    - apply andb_true_iff in H as [_ H]. apply Z.ltb_lt in H. now left. }
  specialize (R m n).
  destruct (level (of m)) as [a | ], (level (of n)) as [b | ].
  - destruct (Z.ltb_spec b a); [auto | ]. destruct (Z.ltb_spec a b); [discriminate | ].
    destruct (Nat.eqb_spec (issuer (of m)) (issuer (of n))); [ | discriminate].
    intros H'. right. split; [lia | auto].
  - destruct (Nat.eqb_spec (issuer (of m)) (issuer (of n))) as [E | ]; [ | discriminate].
    intros _. destruct (R E) as [_ R']. now discriminate R'.
  - destruct (Nat.eqb_spec (issuer (of m)) (issuer (of n))) as [E | ]; [ | discriminate].
    intros _. destruct (R E) as [R' _]. now discriminate R'.
  - destruct (Nat.eqb_spec (issuer (of m)) (issuer (of n))); [auto | discriminate].
Qed.

Theorem defeat_has_no_circles :
  ranked_alike -> dated -> told_by_number -> implies_transitively -> acyclic prevails.
Proof.
  intros R D N T x.
  assert (B : forall a b, clos_trans nat (related prevails) a b -> below a b).
  { intros a b H. induction H as [a b H | a b c _ IH _ IH'].
    - now apply what_prevails_is_above.
    - now apply below_is_transitive with b. }
  intros H. apply B in H. now apply below_is_irreflexive in H.
Qed.

(* Pairs that were never asked, or whose implication is undecided, only leave defeats out. *)
Corollary fewer_defeats_have_no_circles :
  forall some : nat -> nat -> bool,
  ranked_alike -> dated -> told_by_number -> implies_transitively ->
  (forall m n, some m n = true -> prevails m n = true) -> acyclic some.
Proof.
  intros some R D N T S x H. apply (defeat_has_no_circles R D N T x).
  revert H. generalize x at 1 3. intros y H. induction H as [a b H | a b c _ IH _ IH'].
  - apply t_step. now apply S.
  - now apply t_trans with b.
Qed.

End Doctrine.

(* Each hypothesis is needed. An unranked instrument between two ranked ones of one issuer: *)
Example a_circle_through_an_unranked_instrument :
  let of n := match n with
              | 0%nat => Instrument 0 0 (Some 2) (Some 1)
              | 1%nat => Instrument 1 0 None (Some 2)
              | _ => Instrument 2 0 (Some 1) (Some 3)
              end in
  let r := prevails of Nat.eqb in
  r 0%nat 2%nat = true /\ r 2%nat 1%nat = true /\ r 1%nat 0%nat = true.
Proof. repeat split; reflexivity. Qed.

(* An instrument without a date, whose norm (1) lies between an old special one (0) and a new general one (2): *)
Example a_circle_through_an_undated_instrument :
  let of n := match n with
              | 0%nat => Instrument 0 0 None (Some 5)
              | 1%nat => Instrument 1 0 None None
              | 2%nat => Instrument 2 0 None (Some 10)
              | _ => Instrument 3 0 None (Some 7)
              end in
  let implies m n := (m =? n)%nat || ((m <? n)%nat && (n <? 3)%nat) in
  let r := prevails of implies in
  r 0%nat 1%nat = true /\ r 1%nat 2%nat = true /\ r 2%nat 3%nat = true /\ r 3%nat 0%nat = true.
Proof. repeat split; reflexivity. Qed.

(* Transitivity can fail, and this is right: a later norm (2) and one before it (1), each posterior to the next;
   but the oldest (0) is a special case of the latest, which only the issuer may settle. *)
Example prevailing_is_not_transitive :
  let of n := Instrument n 0 None (Some (Z.of_nat n)) in
  let implies m n := (m =? n)%nat || ((m =? 0)%nat && (n =? 2)%nat) in
  let r := prevails of implies in
  r 2%nat 1%nat = true /\ r 1%nat 0%nat = true /\ r 2%nat 0%nat = false.
Proof. repeat split; reflexivity. Qed.
