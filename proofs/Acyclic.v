(* A finite non-empty set has a member that no other member prevails over, if the relation has no circles:
   the lemma behind docs/semantics.md §9.6, "an acyclic relation leaves an answer". *)

From Coq Require Import List Arith Lia Bool Relations.
Import ListNotations.

Section Acyclic.

Context {A : Type}.
Variable r : A -> A -> bool.

Definition related (x y : A) : Prop := r x y = true.

Definition acyclic : Prop := forall x, ~ clos_trans A related x x.

(* Walk from loser to winner. What was seen on the way is never met again, so the walk ends. *)
Lemma walk :
  acyclic -> forall (l : list A) (fuel : nat) (seen : list A) (x : A),
  In x l -> NoDup (x :: seen) -> incl seen l ->
  (forall s, In s seen -> clos_trans A related x s) ->
  length l <= fuel + length seen ->
  exists m, In m l /\ forall y, In y l -> r y m = false.
Proof.
  intros acy l fuel. induction fuel as [ | fuel IH]; intros seen x Hx N I R L.
  - pose proof (NoDup_incl_length N (incl_cons Hx I)) as T. cbn in T. lia.
  - destruct (existsb (fun y => r y x) l) eqn:E.
    + apply existsb_exists in E as (y & Hy & E).
      assert (R' : forall s, In s (x :: seen) -> clos_trans A related y s).
      { intros s [<- | Hs]; [now apply t_step | ].
        apply t_trans with x; [now apply t_step | auto]. }
      apply (IH (x :: seen) y); auto using incl_cons.
      * constructor; [ | exact N]. intros Hs. now apply (acy y), R'.
      * cbn. lia.
    + exists x. split; [exact Hx | ]. intros y Hy. apply not_true_iff_false. intros T.
      assert (existsb (fun y => r y x) l = true) by (apply existsb_exists; eauto). congruence.
Qed.

Theorem some_member_is_beaten_by_none :
  acyclic -> forall l, l <> [] -> exists m, In m l /\ forall y, In y l -> r y m = false.
Proof.
  intros acy [ | x l] N; [congruence | ].
  apply (walk acy (x :: l) (length (x :: l)) [] x); cbn; auto.
  - constructor; [cbn; tauto | constructor].
  - intros s [].
  - tauto.
  - lia.
Qed.

End Acyclic.

(* A relation that goes down in some measure has no circles. *)
Theorem what_descends_is_acyclic :
  forall {A : Type} (r : A -> A -> bool) (rank : A -> nat),
  (forall x y, r x y = true -> rank y < rank x) -> acyclic r.
Proof.
  intros A r rank D x.
  assert (T : forall x y, clos_trans A (related r) x y -> rank y < rank x).
  { intros a b H. induction H; [now apply D | lia]. }
  intros H. apply T in H. lia.
Qed.
