(* Norms: when one applies, when two contradict each other, and which are defeated, stand and conflict.
   The calculus of docs/semantics.md §§5 to 7, in complete contexts: relations first, the same as functions
   in Reference.v. In the code: src/guiju/compiler/resolve.py. *)

From Coq Require Import ZArith List.
From Guiju Require Import Positions Territory.
Open Scope Z_scope.

Section Norms.

(* What a norm is looked at in: a complete case, a date, a place, a choice of readings. Of its inside only the
   place and the law date matter here, so it is any type. *)
Context {context : Type}.

(* Terms are functions of the context; None is "undefined" (the earliest of no rows). *)
Definition term (value : Type) : Type := context -> option value.

Record norm : Type := Norm {
  id : nat;
  question : nat;
  guard : context -> bool;
  taken : term position; (* its position, undefined where a term of it is *)
  territory : nat;
  law_date : term Z;
  start : option (term Z); (* of its instrument; None: not given *)
  stop : option (term Z);
  firmness : strength;
  known : standing
}.

Record corpus : Type := Corpus {
  norms : list norm;
  parent : nat -> option nat;
  place_of : context -> nat;
  fixed_law_date : context -> option Z; (* overrides each norm's own *)
  combines : nat -> combination;
  is_deed : nat -> bool; (* whether a question asks if a deed may be done, and not for a value *)
  prevails : nat -> nat -> bool (* the doctrine's relation between norms, by id *)
}.

Variable K : corpus.
Variable C : context.

Definition law_date_of (n : norm) : option Z :=
  match fixed_law_date K C with
  | Some d => Some d
  | None => law_date n C
  end.

(* On an undefined law date, never; both ends included; what is not given bounds nothing, and no date lies
   beside a bound that is undefined. *)
Definition in_force (n : norm) : Prop :=
  exists d, law_date_of n = Some d
  /\ (forall f, start n = Some f -> exists s, f C = Some s /\ s <= d)
  /\ (forall f, stop n = Some f -> exists e, f C = Some e /\ d <= e).

Definition binds (n : norm) : Prop := firmness n <> Encouraged /\ known n <> Unverified.

Definition applies (n : norm) : Prop :=
  binds n
  /\ inside (parent K) (place_of K C) (territory n)
  /\ in_force n
  /\ guard n C = true
  /\ exists p, taken n C = Some p.

(* Two norms that each only allow a value leave the choice open. *)
Definition may_contradict (m n : norm) : Prop :=
  binds m /\ binds n /\ ~ (firmness m = Discretionary /\ firmness n = Discretionary).

Definition contradict (m n : norm) : Prop :=
  question m = question n
  /\ may_contradict m n
  /\ exists p q, taken m C = Some p /\ taken n C = Some q
                 /\ incompatible (combines K (question n)) p q.

(* [m] defeats [n]; whether [m] is defeated itself does not matter. *)
Definition defeats (m n : norm) : Prop :=
  In m (norms K) /\ applies m /\ prevails K (id m) (id n) = true /\ contradict m n.

Definition defeated (n : norm) : Prop := exists m, defeats m n.

Definition stands (n : norm) : Prop := In n (norms K) /\ applies n /\ ~ defeated n.

Definition conflict (m n : norm) : Prop := stands m /\ stands n /\ contradict m n.

Definition in_conflict (q : nat) : Prop := exists m n, question m = q /\ question n = q /\ conflict m n.

Theorem contradict_is_symmetric : forall m n, contradict m n -> contradict n m.
Proof.
  intros m n (E & (Bm & Bn & D) & p & q & Hp & Hq & I). split; [congruence | split].
  - repeat split; try apply Bm; try apply Bn. tauto.
  - exists q, p. rewrite E. auto using incompatible_is_symmetric.
Qed.

Theorem contradict_is_irreflexive : forall n, ~ contradict n n.
Proof.
  intros n (_ & _ & p & q & Hp & Hq & I). assert (p = q) as -> by congruence.
  now apply incompatible_is_irreflexive in I.
Qed.

Theorem conflict_is_symmetric : forall m n, conflict m n -> conflict n m.
Proof. unfold conflict. intros m n (M & N & I). auto using contradict_is_symmetric. Qed.

Theorem a_norm_never_conflicts_with_itself : forall n, ~ conflict n n.
Proof. intros n (_ & _ & I). now apply contradict_is_irreflexive in I. Qed.

Theorem a_norm_never_defeats_itself : forall n, ~ defeats n n.
Proof. intros n (_ & _ & _ & I). now apply contradict_is_irreflexive in I. Qed.

Theorem equal_positions_never_contradict :
  forall m n, taken m C = taken n C -> ~ contradict m n.
Proof.
  intros m n E (_ & _ & p & q & Hp & Hq & I). assert (p = q) as -> by congruence.
  now apply incompatible_is_irreflexive in I.
Qed.

End Norms.

Arguments norm : clear implicits.
Arguments corpus : clear implicits.
