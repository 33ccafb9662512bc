(* The calculus as functions, and that they say the same as the relations of Norms.v: docs/semantics.md §§5
   to 7. The test evaluates these functions and compares them with src/guiju/compiler/resolve.py and
   verdicts.py. Only the forest of territories has to be numbered parents first. *)

From Coq Require Import ZArith List Bool Arith.
From Guiju Require Import Positions Territory Norms.
Import ListNotations.
Open Scope Z_scope.

Section Reference.

Context {context : Type}.
Variable K : corpus context.
Variable C : context.

Definition within_bound (d : Z) (bound : option (term Z)) (le : Z -> Z -> bool) : bool :=
  match bound with
  | None => true
  | Some f => match f C with Some b => le b d | None => false end
  end.

Definition is_in_force (n : norm context) : bool :=
  match law_date_of K C n with
  | None => false
  | Some d => within_bound d (start n) Z.leb && within_bound d (stop n) (fun e d => d <=? e)
  end.

Definition does_bind (n : norm context) : bool :=
  match firmness n, known n with
  | Encouraged, _ | _, Unverified => false
  | _, _ => true
  end.

Definition does_apply (n : norm context) : bool :=
  does_bind n && within (parent K) (place_of K C) (territory n) && is_in_force n && guard n C
  && match taken n C with Some _ => true | None => false end.

Definition is_discretionary (n : norm context) : bool :=
  match firmness n with Discretionary => true | _ => false end.

Definition do_contradict (m n : norm context) : bool :=
  (question m =? question n)%nat
  && (does_bind m && does_bind n && negb (is_discretionary m && is_discretionary n))
  && match taken m C, taken n C with
     | Some p, Some q => clash (combines K (question n)) p q
     | _, _ => false
     end.

Definition applicable : list (norm context) := filter does_apply (norms K).

Definition beats (m n : norm context) : bool := prevails K (id m) (id n) && do_contradict m n.

Definition is_defeated (n : norm context) : bool := existsb (fun m => beats m n) applicable.

Definition standing : list (norm context) := filter (fun n => negb (is_defeated n)) applicable.

(* The unordered pairs of a list. *)
Fixpoint pairs {A : Type} (l : list A) : list (A * A) :=
  match l with
  | [] => []
  | x :: l => map (pair x) l ++ pairs l
  end.

Definition conflicts (q : nat) : list (norm context * norm context) :=
  filter (fun mn => do_contradict (fst mn) (snd mn))
         (pairs (filter (fun n => (question n =? q)%nat) standing)).

(* --- Each function says what its relation says --------------------------------------------------------- *)

Lemma does_bind_iff : forall n, does_bind n = true <-> binds n.
Proof.
  intros n. unfold does_bind, binds.
  destruct (firmness n), (known n); split; try discriminate;
    solve [intros _; split; discriminate | intros [A B]; congruence | reflexivity].
Qed.

Lemma within_bound_iff :
  forall d bound le (R : Z -> Z -> Prop), (forall b, le b d = true <-> R b d) ->
  (within_bound d bound le = true <-> forall f, bound = Some f -> exists b, f C = Some b /\ R b d).
Proof.
  intros d bound le R H. unfold within_bound. destruct bound as [f | ].
  - destruct (f C) as [b | ] eqn:E.
    + rewrite H. split.
      * intros L g [= <-]. eauto.
      * intros L. destruct (L f eq_refl) as (b' & E' & R'). congruence.
    + split; [discriminate | ]. intros L. destruct (L f eq_refl) as (b & E' & _). congruence.
  - split; [discriminate | reflexivity].
Qed.

Lemma is_in_force_iff : forall n, is_in_force n = true <-> in_force K C n.
Proof.
  intros n. unfold is_in_force, in_force. destruct (law_date_of K C n) as [d | ].
  - rewrite andb_true_iff.
    rewrite (within_bound_iff d (start n) Z.leb Z.le) by (intros b; apply Z.leb_le).
    rewrite (within_bound_iff d (stop n) _ (fun e d => d <= e)) by (intros b; apply Z.leb_le).
    split; [intros [S T]; eauto | intros (d' & [= <-] & S & T); auto].
  - split; [discriminate | intros (d & [=] & _)].
Qed.

Lemma does_apply_iff : forest (parent K) -> forall n, does_apply n = true <-> applies K C n.
Proof.
  intros F n. unfold does_apply, applies.
  rewrite !andb_true_iff, does_bind_iff, is_in_force_iff, (within_iff _ F).
  destruct (taken n C) as [p | ].
  - intuition eauto.
  - split; [intuition discriminate | intros (_ & _ & _ & _ & p & [=])].
Qed.

Lemma do_contradict_iff : forall m n, do_contradict m n = true <-> contradict K C m n.
Proof.
  intros m n. unfold do_contradict, contradict, may_contradict, is_discretionary.
  rewrite !andb_true_iff, !does_bind_iff, Nat.eqb_eq, negb_true_iff.
  assert (D : (match firmness m with Discretionary => true | _ => false end
               && match firmness n with Discretionary => true | _ => false end) = false
              <-> ~ (firmness m = Discretionary /\ firmness n = Discretionary)).
  { destruct (firmness m), (firmness n); cbn;
      split; try discriminate; try (intros _ [A B]; discriminate); try reflexivity.
    intros H. exfalso. auto. }
  rewrite D.
  assert (P : (match taken m C, taken n C with
               | Some p, Some q => clash (combines K (question n)) p q
               | _, _ => false
               end) = true
              <-> exists p q, taken m C = Some p /\ taken n C = Some q
                              /\ incompatible (combines K (question n)) p q).
  { destruct (taken m C) as [p | ]; [destruct (taken n C) as [q | ] | ].
    - rewrite clash_iff. split; [eauto | intros (p' & q' & [= ->] & [= ->] & I); exact I].
    - split; [discriminate | intros (p' & q' & _ & [=] & _)].
    - split; [discriminate | intros (p' & q' & [=] & _)]. }
  rewrite P. tauto.
Qed.

Lemma in_applicable : forest (parent K) -> forall n, In n applicable <-> In n (norms K) /\ applies K C n.
Proof. intros F n. unfold applicable. rewrite filter_In, does_apply_iff by assumption. tauto. Qed.

Lemma is_defeated_iff : forest (parent K) -> forall n, is_defeated n = true <-> defeated K C n.
Proof.
  intros F n. unfold is_defeated, defeated, defeats, beats. rewrite existsb_exists.
  split; intros (m & H); exists m;
    rewrite andb_true_iff, do_contradict_iff, in_applicable in * by assumption; tauto.
Qed.

Theorem in_standing : forest (parent K) -> forall n, In n standing <-> stands K C n.
Proof.
  intros F n. unfold standing, stands.
  rewrite filter_In, in_applicable, negb_true_iff, <- not_true_iff_false, is_defeated_iff by assumption.
  tauto.
Qed.

Lemma in_pairs : forall {A : Type} (l : list A) (x y : A), In (x, y) (pairs l) -> In x l /\ In y l.
Proof.
  intros A l x y. induction l as [ | z l IH]; cbn; [tauto | ].
  rewrite in_app_iff, in_map_iff. intros [(w & [= -> ->] & H) | H]; tauto.
Qed.

Lemma pairs_hold_each_two :
  forall {A : Type} (l : list A) (x y : A), In x l -> In y l -> x <> y ->
  In (x, y) (pairs l) \/ In (y, x) (pairs l).
Proof.
  intros A l x y Hx Hy N. induction l as [ | z l IH]; cbn in *; [tauto | ].
  rewrite !in_app_iff, !in_map_iff. destruct Hx as [-> | Hx], Hy as [-> | Hy]; [congruence | | | ].
  - left. left. eauto.
  - right. left. eauto.
  - destruct (IH Hx Hy); auto.
Qed.

Theorem in_conflicts :
  forest (parent K) -> forall q m n,
  question m = q /\ question n = q /\ conflict K C m n
  <-> (In (m, n) (conflicts q) \/ In (n, m) (conflicts q)).
Proof.
  intros F q m n. unfold conflicts. rewrite !filter_In. cbn [fst snd].
  assert (S : forall k, In k (filter (fun n => (question n =? q)%nat) standing)
                        <-> stands K C k /\ question k = q).
  { intros k. now rewrite filter_In, in_standing, Nat.eqb_eq. }
  split.
  - intros (Qm & Qn & Sm & Sn & I).
    destruct (pairs_hold_each_two (filter (fun n => (question n =? q)%nat) standing) m n) as [P | P].
    + now apply S.
    + now apply S.
    + intros ->. now apply contradict_is_irreflexive in I.
    + left. now rewrite do_contradict_iff.
    + right. rewrite do_contradict_iff. auto using contradict_is_symmetric.
  - unfold conflict.
    intros [[P I] | [P I]]; apply in_pairs in P; rewrite !S, do_contradict_iff in *;
      intuition auto using contradict_is_symmetric.
Qed.

Corollary conflicts_are_found :
  forest (parent K) -> forall q, in_conflict K C q <-> conflicts q <> [].
Proof.
  intros F q. split.
  - intros (m & n & H) E. apply in_conflicts in H; auto. rewrite E in H. cbn in H. tauto.
  - intros N. destruct (conflicts q) as [ | [m n] l] eqn:E; [congruence | ].
    exists m, n. apply in_conflicts; auto. rewrite E. cbn. auto.
Qed.

End Reference.
