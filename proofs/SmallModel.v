(* A few rows are enough: docs/semantics.md §9.4. Of each record, keep as many witnesses for each distinct
   atom as row_bound counts; drop the rest; and every expression of the query has the result that it had.
   In the code: src/guiju/compiler/small_model.py, on which the solver's number of slots rests. *)

From Coq Require Import ZArith List Bool Lia.
From Guiju Require Import Sublists Queries.
Import ListNotations.
Open Scope Z_scope.

(* --- The extreme of some days -------------------------------------------------------------------------- *)

Definition attains (latest : bool) (days : list Z) (v : Z) : Prop :=
  In v days /\ forall d, In d days -> if latest then d <= v else v <= d.

Lemma fold_attains :
  forall latest d days, attains latest (d :: days) (fold_right (further latest) d days).
Proof.
  intros latest d days. unfold attains. induction days as [ | x days [I B]]; cbn [fold_right].
  - split; [cbn; auto | ]. intros e [<- | []]. destruct latest; lia.
  - set (v := fold_right (further latest) d days) in *. clearbody v. unfold further.
    split.
    + destruct latest; [destruct (Z.max_spec x v) as [[_ ->] | [_ ->]]
                       | destruct (Z.min_spec x v) as [[_ ->] | [_ ->]]]; cbn in *; tauto.
    + intros e He. assert (C : x = e \/ In e (d :: days)) by (cbn in *; tauto).
      destruct C as [<- | C]; [ | specialize (B e C)]; destruct latest; lia.
Qed.

Section SmallModel.

Context {name row filter result operation : Type}.
Variable name_eq_dec : forall a b : name, {a = b} + {a <> b}.
Variable filter_eq_dec : forall a b : filter, {a = b} + {a <> b}.
Variable passes : filter -> row -> bool.
Variable day_of : name -> row -> Z.
Variable meaning : operation -> list result -> result.
Variable truth : bool -> result.
Variable on_day : option Z -> result.

Notation atom := (atom name filter).
Notation expr := (expr name filter operation).
Notation context := (@context name row).
Notation eval := (eval passes day_of meaning truth on_day).
Notation atom_in := (atom_in passes day_of truth on_day).
Notation atoms_on := (atoms_on name_eq_dec filter_eq_dec).
Notation row_bound := (row_bound name_eq_dec filter_eq_dec).
Notation extreme := (extreme day_of).
Notation selected := (selected passes).

Lemma extreme_iff :
  forall latest field rows v,
  extreme latest field rows = Some v <-> attains latest (map (day_of field) rows) v.
Proof.
  intros latest field rows v. unfold Queries.extreme. destruct (map (day_of field) rows) as [ | d days].
  - split; [discriminate | intros [[] _]].
  - pose proof (fold_attains latest d days) as [I B]. split.
    + intros [= <-]. now split.
    + intros [I' B']. f_equal. specialize (B v I'). specialize (B' _ I). destruct latest; lia.
Qed.

Lemma no_extreme_iff : forall latest field rows, extreme latest field rows = None <-> rows = [].
Proof.
  intros latest field rows. unfold Queries.extreme. destruct rows; cbn; split; congruence.
Qed.

(* --- The rows that an atom needs ----------------------------------------------------------------------- *)

(* The row that an extreme is sought in: it passes the filter and attains the value. *)
Definition witness (latest : bool) (field : name) (f : filter) (rows : list row) (w : row) : bool :=
  passes f w && match extreme latest field (selected f rows) with
                | Some v => day_of field w =? v
                | None => false
                end.

Definition witnesses (a : atom) (rows : list row) : list bool :=
  match a with
  | AtLeast _ _ f => first (needs a) (passes f) rows
  | Extreme latest _ field f => first 1 (witness latest field f rows) rows
  end.

Lemma length_of_witnesses : forall a rows, length (witnesses a rows) = length rows.
Proof. intros [k r f | latest r field f] rows; apply length_of_first. Qed.

Lemma witnesses_are_few : forall a rows, (count (witnesses a rows) <= needs a)%nat.
Proof. intros [k r f | latest r field f] rows; apply first_keeps_at_most. Qed.

(* An atom keeps its value on any choice of rows that includes its witnesses. *)
Lemma an_atom_keeps_its_value :
  forall (C D : context) a marks,
  covers marks (witnesses a (C (record_of a))) -> D (record_of a) = keep marks (C (record_of a)) ->
  atom_in D a = atom_in C a.
Proof.
  intros C D [k r f | latest r field f] marks H E; cbn in *; rewrite E; clear E D; f_equal.
  - pose proof (witnesses_are_kept _ _ _ _ H) as W.
    pose proof (nothing_is_added (C r) (passes f) marks) as N.
    unfold Queries.selected in *.
    destruct (Z.leb_spec k (Z.of_nat (length (List.filter (passes f) (C r)))));
      destruct (Z.leb_spec k (Z.of_nat (length (List.filter (passes f) (keep marks (C r)))))); lia.
  - set (rows := C r) in *.
    assert (Sub : forall w, In w (selected f (keep marks rows)) -> In w (selected f rows)).
    { intros w. unfold Queries.selected. rewrite !filter_In. intros [I P]. split; [ | exact P].
      now apply what_is_kept_was_there in I. }
    destruct (extreme latest field (selected f rows)) as [v | ] eqn:E.
    + apply extreme_iff. apply extreme_iff in E as A. destruct A as [I B]. split.
      * apply in_map_iff in I as (w & Ew & Iw). unfold Queries.selected in Iw.
        apply filter_In in Iw as [Iw Pw].
        assert (T : In w (List.filter (witness latest field f rows) rows)).
        { apply filter_In. split; [exact Iw | ]. unfold witness. now rewrite Pw, E, Ew, Z.eqb_refl. }
        pose proof (witnesses_are_kept _ _ _ _ H) as W.
        destruct (List.filter (witness latest field f rows) (keep marks rows)) as [ | u l] eqn:F.
        -- destruct (List.filter (witness latest field f rows) rows); [destruct T | cbn in W; lia].
        -- assert (U : In u (List.filter (witness latest field f rows) (keep marks rows)))
             by (rewrite F; cbn; auto).
           apply filter_In in U as [Iu Wu]. unfold witness in Wu. rewrite E in Wu.
           apply andb_true_iff in Wu as [Pu Vu]. apply Z.eqb_eq in Vu.
           apply in_map_iff. exists u. split; [exact Vu | ]. unfold Queries.selected.
           apply filter_In. auto.
      * intros d Id. apply in_map_iff in Id as (w & <- & Iw). apply B, in_map. auto.
    + apply no_extreme_iff. apply no_extreme_iff in E.
      destruct (selected f (keep marks rows)) as [ | w l]; [reflexivity | ].
      exfalso. specialize (Sub w). rewrite E in Sub. apply Sub. cbn. auto.
Qed.

(* --- The rows that a query needs ----------------------------------------------------------------------- *)

Definition needed (atoms : list atom) (rows : list row) : list bool :=
  fold_right (fun a marks => either (witnesses a rows) marks) (map (fun _ => false) rows) atoms.

Lemma needed_is_enough :
  forall atoms rows,
  length (needed atoms rows) = length rows
  /\ (count (needed atoms rows) <= list_sum (map (@needs name filter) atoms))%nat
  /\ forall a, In a atoms -> covers (needed atoms rows) (witnesses a rows).
Proof.
  intros atoms rows. induction atoms as [ | a atoms (L & N & V)]; cbn [needed fold_right map].
  - split; [induction rows; cbn; auto | split; [ | intros a []]].
    unfold count. induction rows; cbn in *; auto.
  - fold (needed atoms rows).
    assert (E : length (witnesses a rows) = length (needed atoms rows))
      by (rewrite L; apply length_of_witnesses).
    destruct (either_covers _ _ E) as [V1 V2].
    split; [ | split].
    + rewrite length_of_either by exact E. apply length_of_witnesses.
    + pose proof (either_keeps_at_most (witnesses a rows) (needed atoms rows)).
      pose proof (witnesses_are_few a rows).
      unfold list_sum in *. cbn [map fold_right]. lia.
    + intros b [<- | I]; [exact V1 | ]. apply covers_is_transitive with (needed atoms rows); auto.
Qed.

(* The context with the witnesses of the query only. *)
Definition reduced (query : list expr) (C : context) : context :=
  fun r => keep (needed (atoms_on r query) (C r)) (C r).

Theorem small_models :
  forall (query : list expr) (C : context),
  exists D : context,
    (forall r, sublist (D r) (C r) /\ (length (D r) <= row_bound r query)%nat)
    /\ forall e, In e query -> eval D e = eval C e.
Proof.
  intros query C. exists (reduced query C). split.
  - intros r. destruct (needed_is_enough (atoms_on r query) (C r)) as (L & N & _).
    unfold reduced. split; [now apply keep_is_a_sublist | ].
    rewrite length_of_keep by exact L. exact N.
  - intros e I. apply the_atoms_decide. intros a Ha.
    apply an_atom_keeps_its_value
      with (marks := needed (atoms_on (record_of a) query) (C (record_of a))); [ | reflexivity].
    apply needed_is_enough, in_atoms_on. eauto.
Qed.

(* A query has a model iff it has one with at most [row_bound] rows in each record. *)
Corollary bounded_search_is_complete :
  forall (query : list expr) (wanted : list result -> Prop),
  (exists C, wanted (map (eval C) query))
  <-> exists C, (forall r, (length (C r) <= row_bound r query)%nat) /\ wanted (map (eval C) query).
Proof.
  intros query wanted. split; intros (C & H).
  - destruct (small_models query C) as (D & B & E). exists D. split; [intros r; apply B | ].
    now rewrite (map_ext_in _ _ _ E).
  - exists C. apply H.
Qed.

(* More slots than the bound never change a verdict. *)
Corollary more_slots_change_nothing :
  forall (query : list expr) (wanted : list result -> Prop) (slots : name -> nat),
  (forall r, (row_bound r query <= slots r)%nat) ->
  ((exists C, (forall r, (length (C r) <= slots r)%nat) /\ wanted (map (eval C) query))
   <-> exists C, (forall r, (length (C r) <= row_bound r query)%nat) /\ wanted (map (eval C) query)).
Proof.
  intros query wanted slots L. rewrite <- bounded_search_is_complete. split; intros (C & H).
  - exists C. apply H.
  - destruct (small_models query C) as (D & B & E). exists D. split.
    + intros r. destruct (B r) as [_ T]. specialize (L r). lia.
    + now rewrite (map_ext_in _ _ _ E).
Qed.

End SmallModel.
