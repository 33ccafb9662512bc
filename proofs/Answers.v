(* What holds of every answer: docs/semantics.md §7 and §9.6, and the laws that the checker's index and its
   metamorphic tests rest on. In the code: resolve and settled of src/guiju/compiler/resolve.py. *)

From Coq Require Import ZArith List Bool Arith Relations.
From Guiju Require Import Positions Territory Norms Acyclic Reference.
Import ListNotations.

Section Answers.

Context {context : Type}.
Implicit Types (K : corpus context) (C : context) (m n : norm context) (q : nat).

(* The corpus with other norms: all else that it declares stays. *)
Definition with_norms K (ns : list (norm context)) : corpus context :=
  Corpus ns (parent K) (place_of K) (fixed_law_date K) (combines K) (is_deed K) (prevails K).

(* A conflict is what its query asks for: two norms that apply, whose positions are incompatible, and no norm
   that applies and contradicts it prevails over either (§7). *)
Theorem a_conflict_is_a_pair :
  forall K C q,
  in_conflict K C q <->
  exists m n,
    In m (norms K) /\ In n (norms K) /\ question m = q /\ question n = q
    /\ applies K C m /\ applies K C n /\ contradict K C m n
    /\ (forall k, In k (norms K) -> applies K C k -> prevails K (id k) (id m) = true ->
        ~ contradict K C k m)
    /\ (forall k, In k (norms K) -> applies K C k -> prevails K (id k) (id n) = true ->
        ~ contradict K C k n).
Proof.
  intros K C q. unfold in_conflict, conflict, stands, defeated, defeats. split.
  - intros (m & n & Qm & Qn & (Im & Am & Dm) & (In' & An & Dn) & X).
    exists m, n.
    refine (conj Im (conj In' (conj Qm (conj Qn (conj Am (conj An (conj X (conj _ _)))))))).
    + intros k Ik Ak Pk Xk. apply Dm. exists k. auto.
    + intros k Ik Ak Pk Xk. apply Dn. exists k. auto.
  - intros (m & n & Im & In' & Qm & Qn & Am & An & X & Dm & Dn).
    exists m, n.
    refine (conj Qm (conj Qn (conj (conj Im (conj Am _)) (conj (conj In' (conj An _)) X)))).
    + intros (k & Ik & Ak & Pk & Xk). now apply (Dm k).
    + intros (k & Ik & Ak & Pk & Xk). now apply (Dn k).
Qed.

(* The answer to a question depends on the norms on it that apply, and on nothing else of the others. *)
Theorem the_answer_depends_on_what_applies :
  forall K C q ns,
  (forall n, question n = q -> (In n (norms K) /\ applies K C n <-> In n ns /\ applies K C n)) ->
  forall n, question n = q -> (stands K C n <-> stands (with_norms K ns) C n).
Proof.
  intros K C q ns H.
  assert (D : forall n, question n = q -> (defeated K C n <-> defeated (with_norms K ns) C n)).
  { intros n Qn. split; intros (m & Im & Am & P & X); exists m;
      assert (Qm : question m = q) by (destruct X as [E _]; congruence).
    - exact (conj (proj1 (proj1 (H m Qm) (conj Im Am))) (conj Am (conj P X))).
    - exact (conj (proj1 (proj2 (H m Qm) (conj Im Am))) (conj Am (conj P X))). }
  intros n Qn. unfold stands. rewrite (D n Qn).
  change (applies (with_norms K ns) C n) with (applies K C n). cbn [norms with_norms].
  specialize (H n Qn). tauto.
Qed.

Corollary conflicts_depend_on_what_applies :
  forall K C q ns,
  (forall n, question n = q -> (In n (norms K) /\ applies K C n <-> In n ns /\ applies K C n)) ->
  (in_conflict K C q <-> in_conflict (with_norms K ns) C q).
Proof.
  intros K C q ns H. pose proof (the_answer_depends_on_what_applies K C q ns H) as S.
  split; intros (m & n & Qm & Qn & Sm & Sn & X); exists m, n;
    refine (conj Qm (conj Qn (conj _ (conj _ X)))); now apply S.
Qed.

(* In particular norms that do not apply, and those that only encourage or are not known to be law, may be
   left out. *)
Corollary what_does_not_apply_may_be_left_out :
  forall K C q ns,
  (forall n, In n ns -> In n (norms K)) ->
  (forall n, In n (norms K) -> question n = q -> applies K C n -> In n ns) ->
  forall n, question n = q -> (stands K C n <-> stands (with_norms K ns) C n).
Proof.
  intros K C q ns I A. apply the_answer_depends_on_what_applies. intros n Qn. specialize (I n).
  specialize (A n). tauto.
Qed.

Theorem what_does_not_bind_never_stands :
  forall K C n, firmness n = Encouraged \/ known n = Unverified -> ~ stands K C n.
Proof. intros K C n H (_ & ((F & S) & _) & _). tauto. Qed.

(* Defeats settle pairs (§9.6): every conflict is between norms that the doctrine does not relate. *)
Theorem defeats_settle_pairs :
  forall K C m n, prevails K (id m) (id n) = true -> ~ conflict K C m n.
Proof.
  intros K C m n P ((Im & Am & _) & (_ & _ & D) & X). apply D. exists m.
  exact (conj Im (conj Am (conj P X))).
Qed.

Theorem conflicts_are_between_unrelated_norms :
  forall K C m n, conflict K C m n ->
  prevails K (id m) (id n) = false /\ prevails K (id n) (id m) = false.
Proof.
  intros K C m n X. split; apply not_true_iff_false; intros P.
  - now apply (defeats_settle_pairs K C m n).
  - apply (defeats_settle_pairs K C n m P). now apply conflict_is_symmetric.
Qed.

Corollary where_the_doctrine_settles_every_pair_nothing_conflicts :
  forall K C q,
  (forall m n, In m (norms K) -> In n (norms K) -> question m = q ->
   applies K C m -> applies K C n -> contradict K C m n ->
   prevails K (id m) (id n) = true \/ prevails K (id n) (id m) = true) ->
  ~ in_conflict K C q.
Proof.
  intros K C q H (m & n & Qm & Qn & X).
  pose proof (conflicts_are_between_unrelated_norms K C m n X) as [P P'].
  destruct X as ((Im & Am & _) & (In' & An & _) & X).
  destruct (H m n) as [T | T]; auto; congruence.
Qed.

(* Adding norms that prevail over neither of two norms in conflict keeps their conflict. *)
Theorem adding_norms_keeps_a_conflict :
  forall K C ns m n,
  (forall k, In k (norms K) -> In k ns) ->
  (forall k, In k ns -> ~ In k (norms K) -> ~ (prevails K (id k) (id m) = true)) ->
  (forall k, In k ns -> ~ In k (norms K) -> ~ (prevails K (id k) (id n) = true)) ->
  (forall k, In k (norms K) \/ ~ In k (norms K)) ->
  conflict K C m n -> conflict (with_norms K ns) C m n.
Proof.
  intros K C ns m n I Hm Hn Dec ((Im & Am & Dm) & (In' & An & Dn) & X).
  assert (S : forall x, In x (norms K) -> applies K C x -> ~ defeated K C x ->
              (forall k, In k ns -> ~ In k (norms K) -> ~ (prevails K (id k) (id x) = true)) ->
              stands (with_norms K ns) C x).
  { intros x Ix Ax Dx Hx. split; [now apply I | split; [exact Ax | ]].
    intros (k & Ik & Ak & Pk & Xk). destruct (Dec k) as [O | O].
    - apply Dx. exists k. exact (conj O (conj Ak (conj Pk Xk))).
    - now apply (Hx k). }
  exact (conj (S m Im Am Dm Hm) (conj (S n In' An Dn Hn) X)).
Qed.

(* The same for one norm, as the metamorphic test adds it. *)
Corollary adding_a_norm_keeps_a_conflict :
  forall K C k m n,
  prevails K (id k) (id m) = false -> prevails K (id k) (id n) = false ->
  conflict K C m n -> conflict (with_norms K (k :: norms K)) C m n.
Proof.
  intros K C k m n Pm Pn ((Im & Am & Dm) & (In' & An & Dn) & X).
  assert (S : forall x, In x (norms K) -> applies K C x -> ~ defeated K C x ->
              prevails K (id k) (id x) = false -> stands (with_norms K (k :: norms K)) C x).
  { intros x Ix Ax Dx Px. split; [now right | split; [exact Ax | ]].
    intros (j & [<- | Ij] & Aj & Pj & Xj).
    - cbn [prevails with_norms] in Pj. congruence.
    - apply Dx. exists j. exact (conj Ij (conj Aj (conj Pj Xj))). }
  exact (conj (S m Im Am Dm Pm) (conj (S n In' An Dn Pn) X)).
Qed.

(* Under fewer contexts, that is under more assumptions, nothing new comes into conflict. *)
Definition can_conflict K q (allowed : context -> Prop) : Prop := exists C, allowed C /\ in_conflict K C q.

Theorem tightening_assumptions_makes_no_conflict :
  forall K q (allowed tightened : context -> Prop),
  (forall C, tightened C -> allowed C) -> can_conflict K q tightened -> can_conflict K q allowed.
Proof. intros K q allowed tightened T (C & A & X). exists C. auto. Qed.

(* An acyclic relation leaves an answer (§9.6): no question goes without one through defeat alone. *)
Theorem an_acyclic_doctrine_leaves_an_answer :
  forall K C q,
  forest (parent K) -> acyclic (prevails K) ->
  (exists n, In n (norms K) /\ question n = q /\ applies K C n) ->
  exists n, question n = q /\ stands K C n.
Proof.
  intros K C q F acy (n & Hn & Qn & An).
  pose (r := fun m n => beats K C m n).
  assert (acy' : acyclic r).
  { assert (T : forall x y, clos_trans _ (related r) x y ->
                clos_trans _ (related (prevails K)) (id x) (id y)).
    { intros x y H. induction H as [x y H | x y z _ IH _ IH'].
      - apply t_step. unfold related, r, beats in *. now apply andb_true_iff in H as [H _].
      - now apply t_trans with (id y). }
    intros x H. now apply (acy (id x)), T. }
  pose (on_q := filter (fun n => (question n =? q)%nat) (applicable K C)).
  assert (On : forall k, In k on_q <-> (In k (norms K) /\ applies K C k) /\ question k = q).
  { intros k. unfold on_q. rewrite filter_In, Nat.eqb_eq, in_applicable by assumption. tauto. }
  assert (Ne : on_q <> []).
  { intros E. assert (I : In n on_q) by (apply On; auto). rewrite E in I. destruct I. }
  destruct (some_member_is_beaten_by_none r acy' on_q Ne) as (m & Hm & B).
  apply On in Hm as [[Im Am] Qm]. exists m. split; [exact Qm | ]. split; [exact Im | split; [exact Am | ]].
  intros (k & Ik & Ak & Pk & Xk).
  assert (Qk : question k = q) by (destruct Xk as [E _]; congruence).
  assert (T : r k m = false) by (apply B, On; auto).
  unfold r, beats in T. rewrite Pk in T. cbn in T.
  apply not_true_iff_false in T. apply T. now apply do_contradict_iff.
Qed.

Corollary nothing_stands_only_where_nothing_applies :
  forall K C q,
  forest (parent K) -> acyclic (prevails K) ->
  ((forall n, question n = q -> ~ stands K C n)
   <-> (forall n, In n (norms K) -> question n = q -> ~ applies K C n)).
Proof.
  intros K C q F acy. split.
  - intros S n I Qn A.
    destruct (an_acyclic_doctrine_leaves_an_answer K C q F acy) as (m & Qm & Sm); eauto.
    now apply (S m).
  - intros A n Qn (I & An & _). now apply (A n).
Qed.

(* What the checker's index may skip: norms on different questions, norms whose territories are on no common
   branch, and norms whose instruments are never in force on one law date. *)
Theorem norms_on_different_questions_never_conflict :
  forall K C m n, question m <> question n -> ~ conflict K C m n.
Proof. intros K C m n N (_ & _ & E & _). auto. Qed.

Theorem norms_of_different_branches_never_meet :
  forall K C m n,
  ~ inside (parent K) (territory m) (territory n) ->
  ~ inside (parent K) (territory n) (territory m) ->
  ~ (applies K C m /\ applies K C n).
Proof.
  intros K C m n Nm Nn ((_ & Im & _) & (_ & In' & _)).
  destruct (what_covers_one_place_is_on_one_branch _ _ _ _ Im In'); auto.
Qed.

Theorem norms_of_different_times_never_meet :
  forall K C m n stop_m start_n,
  law_date_of K C m = law_date_of K C n ->
  stop m = Some stop_m -> start n = Some start_n ->
  (forall e s, stop_m C = Some e -> start_n C = Some s -> (e < s)%Z) ->
  ~ (applies K C m /\ applies K C n).
Proof.
  intros K C m n f g E Hf Hg L ((_ & _ & (d & Ed & _ & Sm) & _) & (_ & _ & (d' & Ed' & Sn & _) & _)).
  assert (d' = d) as -> by congruence.
  destruct (Sm f Hf) as (e & He & Le), (Sn g Hg) as (s & Hs & Ls).
  pose proof (L e s He Hs) as T. apply (Z.lt_irrefl e). eauto using Z.lt_le_trans, Z.le_trans.
Qed.

End Answers.

(* Defeat does not reinstate (§6): of three norms, each over the next, the second is silenced, and still
   silences the third. *)
Example defeat_does_not_reinstate :
  let n i m := Norm (context := unit) i 0 (fun _ => true) (fun _ => Some (Deontic m)) 0
                    (fun _ => Some 0%Z) None None Strict Read in
  let K := Corpus [n 0 Forbidden; n 1 Permitted; n 2 Forbidden]%nat (fun _ => None) (fun _ => 0%nat)
                  (fun _ => None) (fun _ => Single) (fun _ => true) (fun i j => (S i =? j)%nat) in
  map (@id unit) (applicable K tt) = [0; 1; 2]%nat /\ map (@id unit) (standing K tt) = [0]%nat.
Proof. split; reflexivity. Qed.
