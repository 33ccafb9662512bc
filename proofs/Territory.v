(* Territories are a forest, and a norm's territory covers a place that is or lies inside it:
   docs/semantics.md §§1, 3 and 5. In the code: Corpus.within of src/guiju/compiler/kernel/corpus.py. *)

From Coq Require Import Arith Lia Bool.

Section Territory.

Variable parent : nat -> option nat.

(* [inside p t]: the place [p] is [t] or lies inside it. *)
Inductive inside : nat -> nat -> Prop :=
| itself p : inside p p
| within_parent p q t : parent p = Some q -> inside q t -> inside p t.

Theorem inside_is_transitive : forall p q t, inside p q -> inside q t -> inside p t.
Proof. intros p q t H. induction H; [auto | eauto using inside]. Qed.

(* Two territories that cover one place are on one branch: only norms of one branch can meet. *)
Theorem what_covers_one_place_is_on_one_branch :
  forall p t u, inside p t -> inside p u -> inside t u \/ inside u t.
Proof.
  intros p t u H. revert u. induction H as [p | p q t E H IH]; intros u H'; [now left | ].
  inversion H' as [ | ? q' ? E' H'']; subst.
  - right. eauto using inside.
  - rewrite E in E'. injection E' as <-. auto.
Qed.

(* No circles: the territories can be numbered so that each has a higher number than its parent. *)
Definition forest : Prop := forall p q, parent p = Some q -> q < p.

Theorem a_territory_does_not_lie_inside_what_it_contains :
  forest -> forall p q, inside p q -> inside q p -> p = q.
Proof.
  intros F.
  assert (L : forall p q, inside p q -> q <= p).
  { intros p q H. induction H as [ | p q t E H IH]; [lia | ]. apply F in E. lia. }
  intros p q H H'. apply L in H, H'. lia.
Qed.

(* --- Executable ---------------------------------------------------------------------------------------- *)

Fixpoint within_steps (steps p t : nat) : bool :=
  (p =? t) || match steps, parent p with
              | S steps, Some q => within_steps steps q t
              | _, _ => false
              end.

Definition within (p t : nat) : bool := within_steps p p t.

Theorem within_iff : forest -> forall p t, within p t = true <-> inside p t.
Proof.
  intros F p t. split.
  - unfold within. generalize p at 1. intros steps. revert p.
    induction steps as [ | steps IH]; intros p; cbn.
    + rewrite orb_false_r, Nat.eqb_eq. intros <-. constructor.
    + rewrite orb_true_iff, Nat.eqb_eq. intros [<- | H]; [constructor | ].
      destruct (parent p) as [q | ] eqn:E; [ | discriminate]. eauto using inside.
  - intros H. unfold within.
    assert (G : forall steps, p <= steps -> within_steps steps p t = true); [ | now apply G].
    induction H as [p | p q t E H IH]; intros steps L.
    + destruct steps; cbn; now rewrite Nat.eqb_refl.
    + pose proof (F p q E). destruct steps as [ | steps]; [lia | ].
      cbn. rewrite E, IH by lia. apply orb_true_r.
Qed.

End Territory.
