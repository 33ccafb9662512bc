(* Positions and when two of them cannot both stand: docs/semantics.md §6.
   In the code: incompatible of src/guiju/compiler/resolve.py; may_contradict and binds of
   src/guiju/compiler/kernel/norms.py. *)

From Coq Require Import ZArith Bool.
Open Scope Z_scope.

Inductive modality : Set := Obliged | Forbidden | Permitted.

(* A position, evaluated. A value is a number that names it; a day is its order key or day number. *)
Inductive position : Set :=
| Deontic (m : modality)
| Answer (value : option Z) (* None: left open *)
| Span (first last : Z).

(* How several answers to one question combine. *)
Inductive combination : Set := Single | All | Strictest | Mildest | Unstated.

Inductive strength : Set := Strict | Discretionary | InPrinciple | Encouraged.

Inductive standing : Set := Read | SecondHand | Unverified.

Inductive incompatible : combination -> position -> position -> Prop :=
| forbidden_against k m : m <> Forbidden -> incompatible k (Deontic Forbidden) (Deontic m)
| against_forbidden k m : m <> Forbidden -> incompatible k (Deontic m) (Deontic Forbidden)
| different_values v w : v <> w -> incompatible Single (Answer (Some v)) (Answer (Some w))
| different_ends s e f : e <> f -> incompatible Single (Span s e) (Span s f).

Theorem incompatible_is_symmetric : forall k p q, incompatible k p q -> incompatible k q p.
Proof. intros k p q H. destruct H; constructor; auto. Qed.

Theorem incompatible_is_irreflexive : forall k p, ~ incompatible k p p.
Proof. intros k p H. inversion H; congruence. Qed.

(* Only where answers must agree can values or spans disagree. *)
Theorem only_single_answers_must_agree :
  forall k p q, k <> Single -> incompatible k p q -> exists m n, p = Deontic m /\ q = Deontic n.
Proof. intros k p q N H. destruct H; try congruence; eauto. Qed.

Theorem what_is_left_open_disagrees_with_nothing : forall k p, ~ incompatible k (Answer None) p.
Proof. intros k p H. inversion H. Qed.

Theorem what_is_obliged_may_be_permitted :
  forall k, ~ incompatible k (Deontic Obliged) (Deontic Permitted).
Proof. intros k H. inversion H. Qed.

(* --- Executable ---------------------------------------------------------------------------------------- *)

Definition is_forbidden (m : modality) : bool := match m with Forbidden => true | _ => false end.

Definition is_single (k : combination) : bool := match k with Single => true | _ => false end.

Definition clash (k : combination) (p q : position) : bool :=
  match p, q with
  | Deontic m, Deontic n => xorb (is_forbidden m) (is_forbidden n)
  | Answer (Some v), Answer (Some w) => is_single k && negb (v =? w)
  | Span s e, Span t f => is_single k && (s =? t) && negb (e =? f)
  | _, _ => false
  end.

Theorem clash_iff : forall k p q, clash k p q = true <-> incompatible k p q.
Proof.
  intros k p q. split.
  - destruct p as [m | [v | ] | s e], q as [n | [w | ] | t f]; cbn; try discriminate.
    + destruct m, n; cbn; try discriminate; constructor; discriminate.
    + destruct k; cbn; try discriminate. rewrite negb_true_iff, Z.eqb_neq. now constructor.
    + destruct k; cbn; try discriminate.
      rewrite andb_true_iff, negb_true_iff, Z.eqb_eq, Z.eqb_neq. intros [<- N]. now constructor.
  - intros H. destruct H; cbn.
    + destruct m; cbn; congruence.
    + destruct m; cbn; congruence.
    + now rewrite negb_true_iff, Z.eqb_neq.
    + now rewrite Z.eqb_refl; cbn; rewrite negb_true_iff, Z.eqb_neq.
Qed.
