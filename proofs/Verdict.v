(* The verdict: the answer to a question in one word. docs/semantics.md §7, in complete contexts.
   In the code: verdict and of_standing of src/guiju/compiler/verdicts.py. *)

From Coq Require Import ZArith List Bool Arith.
From Guiju Require Import Positions Territory Norms Reference.
Import ListNotations.

Inductive verdict : Set := Eligible | Ineligible | AtDiscretion | Answered | Silent | InConflict.

Section Verdict.

Context {context : Type}.
Variable K : corpus context.
Variable C : context.

(* On a deed only what forbids it bears; on a value each answer does. *)
Definition speaks (n : norm context) : Prop :=
  exists p, taken n C = Some p /\ (is_deed K (question n) = true -> p = Deontic Forbidden).

Definition left_open (n : norm context) : Prop := taken n C = Some (Answer None).

Definition firm (n : norm context) : Prop := speaks n /\ firmness n = Strict /\ ~ left_open n.

Definition lenient (n : norm context) : Prop := speaks n /\ (firmness n <> Strict \/ left_open n).

Definition some (P : norm context -> Prop) (q : nat) : Prop :=
  exists n, question n = q /\ stands K C n /\ P n.

Definition has_verdict (q : nat) (v : verdict) : Prop :=
  match v with
  | InConflict => in_conflict K C q
  | Ineligible => is_deed K q = true /\ ~ in_conflict K C q /\ some firm q
  | Answered => is_deed K q = false /\ ~ in_conflict K C q /\ some firm q
  | AtDiscretion => ~ in_conflict K C q /\ ~ some firm q /\ some lenient q
  | Eligible => is_deed K q = true /\ ~ in_conflict K C q /\ ~ some firm q /\ ~ some lenient q
  | Silent => is_deed K q = false /\ ~ in_conflict K C q /\ ~ some firm q /\ ~ some lenient q
  end.

(* --- Executable ---------------------------------------------------------------------------------------- *)

Definition does_speak (n : norm context) : bool :=
  match taken n C with
  | None => false
  | Some (Deontic Forbidden) => true
  | Some _ => negb (is_deed K (question n))
  end.

Definition is_left_open (n : norm context) : bool :=
  match taken n C with Some (Answer None) => true | _ => false end.

Definition is_strict (n : norm context) : bool := match firmness n with Strict => true | _ => false end.

Definition is_firm (n : norm context) : bool := does_speak n && (is_strict n && negb (is_left_open n)).

Definition is_lenient (n : norm context) : bool := does_speak n && negb (is_strict n && negb (is_left_open n)).

Definition some_stands (test : norm context -> bool) (q : nat) : bool :=
  existsb (fun n => (question n =? q)%nat && test n) (standing K C).

Definition verdict_on (q : nat) : verdict :=
  if match conflicts K C q with [] => false | _ => true end then InConflict
  else if some_stands is_firm q then (if is_deed K q then Ineligible else Answered)
  else if some_stands is_lenient q then AtDiscretion
  else if is_deed K q then Eligible else Silent.

Lemma does_speak_iff : forall n, does_speak n = true <-> speaks n.
Proof.
  intros n. unfold does_speak, speaks. destruct (taken n C) as [p | ].
  - destruct (is_deed K (question n)) eqn:D; cbn.
    + assert (E : p = Deontic Forbidden <-> match p with Deontic Forbidden => true | _ => false end = true).
      { destruct p as [[ | | ] | | ]; split; congruence. }
      rewrite <- E. split; [eauto | intros (p' & [= ->] & H); auto].
    + split; [intros _; exists p; split; [reflexivity | discriminate] | intros _].
      destruct p as [[ | | ] | | ]; reflexivity.
  - split; [discriminate | intros (p & [=] & _)].
Qed.

Lemma is_left_open_iff : forall n, is_left_open n = true <-> left_open n.
Proof.
  intros n. unfold is_left_open, left_open.
  destruct (taken n C) as [[m | [v | ] | s e] | ]; split; congruence.
Qed.

Lemma is_strict_iff : forall n, is_strict n = true <-> firmness n = Strict.
Proof. intros n. unfold is_strict. destruct (firmness n); split; congruence. Qed.

Lemma is_firm_iff : forall n, is_firm n = true <-> firm n.
Proof.
  intros n. unfold is_firm, firm.
  now rewrite !andb_true_iff, does_speak_iff, is_strict_iff, negb_true_iff, <- not_true_iff_false,
    is_left_open_iff.
Qed.

Lemma is_lenient_iff : forall n, is_lenient n = true <-> lenient n.
Proof.
  intros n. unfold is_lenient, lenient.
  rewrite andb_true_iff, does_speak_iff, negb_true_iff, andb_false_iff, negb_false_iff.
  now rewrite <- not_true_iff_false, is_strict_iff, is_left_open_iff.
Qed.

Lemma some_stands_iff :
  forest (parent K) -> forall test P, (forall n, test n = true <-> P n) ->
  forall q, some_stands test q = true <-> some P q.
Proof.
  intros F test P H q. unfold some_stands, some. rewrite existsb_exists.
  split; intros (n & T); exists n; rewrite andb_true_iff, Nat.eqb_eq, in_standing, H in * by assumption;
    tauto.
Qed.

Lemma decided : forall (b : bool) (P : Prop), (b = true <-> P) -> if b then P else ~ P.
Proof. intros [ | ] P [H H']; [auto | intros p; discriminate (H' p)]. Qed.

Theorem verdict_on_iff : forest (parent K) -> forall q v, verdict_on q = v <-> has_verdict q v.
Proof.
  intros F q v. unfold verdict_on.
  pose proof (conflicts_are_found K C F q) as X.
  pose proof (some_stands_iff F is_firm firm is_firm_iff q) as S.
  pose proof (some_stands_iff F is_lenient lenient is_lenient_iff q) as L.
  destruct (conflicts K C q) as [ | c l].
  - assert (N : ~ in_conflict K C q) by tauto.
    apply decided in S. apply decided in L.
    destruct (some_stands is_firm q), (some_stands is_lenient q), (is_deed K q) eqn:D, v; cbn; rewrite ?D;
      split; try discriminate; try tauto; intuition discriminate.
  - assert (Y : in_conflict K C q) by (apply X; discriminate).
    destruct v; cbn; split; try discriminate; tauto.
Qed.

Corollary each_question_has_one_verdict :
  forest (parent K) -> forall q, exists! v, has_verdict q v.
Proof.
  intros F q. exists (verdict_on q). split.
  - now apply verdict_on_iff.
  - intros v H. now apply verdict_on_iff.
Qed.

(* What is not forbidden may be done: where nothing stands a deed is eligible, and a value is silent. *)
Corollary where_nothing_stands :
  forest (parent K) -> forall q, (forall n, question n = q -> ~ stands K C n) ->
  verdict_on q = if is_deed K q then Eligible else Silent.
Proof.
  intros F q N.
  assert (X : ~ in_conflict K C q) by (intros (m & n & Qm & _ & Sm & _); exact (N m Qm Sm)).
  assert (S : forall P, ~ some P q) by (intros P (n & Qn & Sn & _); exact (N n Qn Sn)).
  apply verdict_on_iff; [exact F | ].
  destruct (is_deed K q) eqn:D; cbn; auto.
Qed.

(* A refusal rests on a strict norm that applies and forbids. *)
Corollary a_refusal_has_a_strict_ground :
  forest (parent K) -> forall q, verdict_on q = Ineligible ->
  exists n, In n (norms K) /\ question n = q /\ applies K C n
            /\ firmness n = Strict /\ taken n C = Some (Deontic Forbidden).
Proof.
  intros F q V. apply verdict_on_iff in V as (D & _ & n & Qn & (I & A & _) & (p & Tp & Sp) & St & _);
    [ | exact F].
  exists n. rewrite Tp, Sp by congruence. auto 6.
Qed.

End Verdict.
