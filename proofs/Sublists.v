(* Sub-lists by position, so that equal rows count apart: what some marks keep of a list, and that marks which
   include the first few members that pass a test keep as many that pass. For docs/semantics.md §9.4. *)

From Coq Require Import List Bool Lia.
Import ListNotations.

(* [sublist l m]: the members of [l] are some of those of [m], in their order. *)
Inductive sublist {A : Type} : list A -> list A -> Prop :=
| nothing : sublist [] []
| dropped x l m : sublist l m -> sublist l (x :: m)
| kept x l m : sublist l m -> sublist (x :: l) (x :: m).

Fixpoint keep {A : Type} (marks : list bool) (l : list A) : list A :=
  match marks, l with
  | true :: marks, x :: l => x :: keep marks l
  | false :: marks, _ :: l => keep marks l
  | _, _ => []
  end.

Definition count (marks : list bool) : nat := length (filter id marks).

(* What one or the other keeps. *)
Fixpoint either (a b : list bool) : list bool :=
  match a, b with
  | x :: a, y :: b => (x || y) :: either a b
  | _, _ => []
  end.

(* The first [n] members that pass a test. *)
Fixpoint first {A : Type} (n : nat) (test : A -> bool) (l : list A) : list bool :=
  match l with
  | [] => []
  | x :: l =>
    match n with
    | S n => if test x then true :: first n test l else false :: first (S n) test l
    | O => false :: first O test l
    end
  end.

(* [covers a b]: whatever [b] keeps, [a] keeps. *)
Inductive covers : list bool -> list bool -> Prop :=
| covers_nil : covers [] []
| covers_cons x y a b : (y = true -> x = true) -> covers a b -> covers (x :: a) (y :: b).

Section Lists.

Context {A : Type}.
Implicit Types (l : list A) (test : A -> bool) (marks : list bool).

Lemma keep_is_a_sublist : forall marks l, length marks = length l -> sublist (keep marks l) l.
Proof.
  intros marks. induction marks as [ | b marks IH]; intros [ | x l] E; cbn in *; try discriminate.
  - constructor.
  - injection E as E. destruct b; [apply kept | apply dropped]; auto.
Qed.

Lemma length_of_keep : forall marks l, length marks = length l -> length (keep marks l) = count marks.
Proof.
  intros marks. unfold count. induction marks as [ | b marks IH]; intros [ | x l] E; cbn in *;
    try discriminate; [reflexivity | ].
  injection E as E. destruct b; cbn; auto.
Qed.

Lemma length_of_first : forall l n test, length (first n test l) = length l.
Proof.
  induction l as [ | x l IH]; intros n test; cbn; [reflexivity | ].
  destruct n; [cbn; auto | ]. destruct (test x); cbn; auto.
Qed.

Lemma first_keeps_at_most : forall l n test, (count (first n test l) <= n)%nat.
Proof.
  unfold count. induction l as [ | x l IH]; intros n test; cbn; [lia | ].
  destruct n; cbn; [apply (IH O) | ]. destruct (test x); cbn; [ | apply (IH (S n))].
  specialize (IH n test). lia.
Qed.

Lemma covers_itself : forall a, covers a a.
Proof. induction a; constructor; auto. Qed.

Lemma either_covers :
  forall a b, length a = length b -> covers (either a b) a /\ covers (either a b) b.
Proof.
  induction a as [ | x a IH]; intros [ | y b] E; try discriminate; cbn; [split; constructor | ].
  injection E as E. destruct (IH b E). split; constructor; auto; intros ->; cbn; auto using orb_true_r.
Qed.

Lemma length_of_either : forall a b, length a = length b -> length (either a b) = length a.
Proof.
  induction a as [ | x a IH]; intros [ | y b] E; try discriminate; cbn in *; auto.
Qed.

Lemma either_keeps_at_most : forall a b, (count (either a b) <= count a + count b)%nat.
Proof.
  unfold count. induction a as [ | x a IH]; intros [ | y b]; cbn; try lia.
  specialize (IH b). destruct x, y; cbn; lia.
Qed.

Lemma covers_is_transitive : forall a b c, covers a b -> covers b c -> covers a c.
Proof.
  intros a b c H. revert c. induction H as [ | x y a b Hxy H IH]; intros c H'; inversion H'; subst;
    constructor; auto.
Qed.

(* Whatever keeps the first [n] that pass keeps [n] that pass, or all where there are fewer. *)
Lemma witnesses_are_kept :
  forall l n test marks, covers marks (first n test l) ->
  (Nat.min n (length (filter test l)) <= length (filter test (keep marks l)))%nat.
Proof.
  induction l as [ | x l IH]; intros n test marks H; cbn in H.
  - cbn. lia.
  - destruct n as [ | n]; [lia | ].
    destruct (test x) eqn:E; inversion H as [ | b y a c Hb Hc]; subst; cbn [filter keep]; rewrite E.
    + rewrite (Hb eq_refl). cbn [filter]. rewrite E. cbn [length]. specialize (IH n test a Hc). lia.
    + specialize (IH (S n) test a Hc). destruct b; cbn [filter]; rewrite ?E; exact IH.
Qed.

Lemma nothing_is_added :
  forall l test marks, (length (filter test (keep marks l)) <= length (filter test l))%nat.
Proof.
  induction l as [ | x l IH]; intros test marks; destruct marks as [ | [ | ] marks]; cbn; try lia;
    specialize (IH test marks); destruct (test x); cbn; lia.
Qed.

Lemma what_is_kept_was_there : forall l marks x, In x (keep marks l) -> In x l.
Proof.
  induction l as [ | y l IH]; intros [ | [ | ] marks] x; cbn; try tauto.
  - intros [-> | H]; eauto.
  - eauto.
Qed.

End Lists.
