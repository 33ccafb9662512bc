(* What is known stays known: each rule of evaluation answers otherwise than "unknown" only where every
   completion of what its parts leave unknown gives that same answer. docs/semantics.md §3 and §9.3.
   In the code: evaluate.py and applicable of resolve.py, both of src/guiju/compiler. *)

From Coq Require Import ZArith List Bool Lia.
From Guiju Require Import Queries SmallModel.
Import ListNotations.
Open Scope Z_scope.

(* A result is a value, undefined (in every completion), or unknown. Of a truth only None is unknown. *)
Inductive outcome (A : Type) : Type := Value (a : A) | Undefined | Unknown.
Arguments Value {A}.
Arguments Undefined {A}.
Arguments Unknown {A}.

(* [stays unknown x y]: what [x] tells, [y] tells too. *)
Definition stays {A : Type} (unknown x y : A) : Prop := x = unknown \/ x = y.

Local Notation truth := (option bool).
Local Notation truth_stays := (@stays truth None).
Local Notation day_stays := (@stays (outcome Z) Unknown).

(* --- The connectives: Kleene's strong ones ------------------------------------------------------------- *)

Definition negated : truth -> truth := option_map negb.

Definition is_false (t : truth) : bool := match t with Some false => true | _ => false end.
Definition is_true (t : truth) : bool := match t with Some true => true | _ => false end.
Definition is_unknown (t : truth) : bool := match t with None => true | _ => false end.

Definition all_hold (l : list truth) : truth :=
  if existsb is_false l then Some false else if existsb is_unknown l then None else Some true.

Definition any_holds (l : list truth) : truth := negated (all_hold (map negated l)).

Theorem a_negation_stays : forall t u, truth_stays t u -> truth_stays (negated t) (negated u).
Proof. intros t u [-> | ->]; [now left | now right]. Qed.

Theorem a_conjunction_stays : forall l m, Forall2 truth_stays l m -> truth_stays (all_hold l) (all_hold m).
Proof.
  intros l m H. unfold all_hold.
  assert (F : existsb is_false l = true -> existsb is_false m = true).
  { induction H as [ | t u l m S H IH]; cbn; [auto | ].
    intros E. apply orb_true_iff in E as [E | E].
    - destruct S as [-> | ->]; [discriminate | now rewrite E].
    - now rewrite IH, orb_true_r. }
  destruct (existsb is_false l) eqn:E.
  - right. now rewrite F.
  - destruct (existsb is_unknown l) eqn:U; [now left | right].
    assert (S : l = m).
    { clear F E. induction H as [ | t u l m S H IH]; [reflexivity | ].
      cbn in U. apply orb_false_iff in U as [T U]. f_equal; [ | now apply IH].
      destruct S as [-> | S]; [discriminate | exact S]. }
    subst m. now rewrite E, U.
Qed.

Theorem a_disjunction_stays : forall l m, Forall2 truth_stays l m -> truth_stays (any_holds l) (any_holds m).
Proof.
  intros l m H. unfold any_holds. apply a_negation_stays, a_conjunction_stays.
  induction H; cbn; constructor; auto using a_negation_stays.
Qed.

(* --- Terms and atoms ----------------------------------------------------------------------------------- *)

(* Undefined wins over unknown: it stays so in every completion. *)
Definition strict {A B D : Type} (f : A -> B -> D) (x : outcome A) (y : outcome B) : outcome D :=
  match x, y with
  | Undefined, _ | _, Undefined => Undefined
  | Unknown, _ | _, Unknown => Unknown
  | Value a, Value b => Value (f a b)
  end.

Definition comparison {A B : Type} (test : A -> B -> bool) (x : outcome A) (y : outcome B) : truth :=
  match x, y with
  | Undefined, _ | _, Undefined => Some false
  | Unknown, _ | _, Unknown => None
  | Value a, Value b => Some (test a b)
  end.

Theorem a_strict_term_stays :
  forall {A B D : Type} (f : A -> B -> D) x x' y y',
  stays Unknown x x' -> stays Unknown y y' -> stays Unknown (strict f x y) (strict f x' y').
Proof.
  unfold stays. intros A B D f x x' y y' [-> | ->] [-> | ->]; auto.
  - destruct y'; cbn; auto; destruct x'; auto.
  - destruct x'; cbn; auto.
Qed.

Theorem a_comparison_stays :
  forall {A B : Type} (test : A -> B -> bool) x x' y y',
  stays Unknown x x' -> stays Unknown y y' ->
  truth_stays (comparison test x y) (comparison test x' y').
Proof.
  unfold stays. intros A B test x x' y y' [-> | ->] [-> | ->]; auto.
  - destruct y'; cbn; auto; destruct x'; auto.
  - destruct x'; cbn; auto.
Qed.

Definition chosen {A : Type} (eq_dec : forall x y : A, {x = y} + {x <> y}) (unknown : A) (c : truth) (x y : A) : A :=
  match c with
  | Some true => x
  | Some false => y
  | None => if eq_dec x y then x else unknown
  end.

Theorem a_choice_stays :
  forall {A : Type} (eq_dec : forall x y : A, {x = y} + {x <> y}) unknown c c' x x' y y',
  truth_stays c c' -> stays unknown x x' -> stays unknown y y' ->
  stays unknown (chosen eq_dec unknown c x y) (chosen eq_dec unknown c' x' y').
Proof.
  intros A eq_dec unknown c c' x x' y y' [-> | ->] Hx Hy; cbn [chosen].
  - destruct (eq_dec x y) as [<- | N]; [ | now left].
    destruct Hx as [-> | ->]; [now left | ]. destruct Hy as [E | <-]; [now left | right].
    destruct c' as [[ | ] | ]; cbn; auto. now destruct (eq_dec x' x').
  - destruct c' as [[ | ] | ]; cbn; auto.
    destruct (eq_dec x y) as [<- | N]; [ | now left].
    destruct Hx as [-> | ->]; [now left | ]. destruct Hy as [E | <-]; [now left | right].
    now destruct (eq_dec x' x').
Qed.

(* --- Rows: the truth of the filter at each, and its date; None where the case gives no rows at all ----- *)

Definition at_least (k : Z) (rows : option (list truth)) : truth :=
  match rows with
  | None => if k <=? 0 then Some true else None
  | Some rows =>
    if k <=? Z.of_nat (length (filter is_true rows)) then Some true
    else if k <=? Z.of_nat (length (filter (fun t => negb (is_false t)) rows)) then None else Some false
  end.

(* What a completion makes of rows: it changes none, adds none to a record that was given. *)
Inductive rows_stay {A : Type} (related : A -> A -> Prop) : option (list A) -> option (list A) -> Prop :=
| not_given rows : rows_stay related None rows
| given rows rows' : Forall2 related rows rows' -> rows_stay related (Some rows) (Some rows').

Theorem a_threshold_stays :
  forall k rows rows', rows_stay truth_stays rows rows' -> truth_stays (at_least k rows) (at_least k rows').
Proof.
  intros k rows rows' H. destruct H as [rows' | rows rows' H]; cbn.
  - destruct (Z.leb_spec k 0); [right | now left]. destruct rows' as [rows' | ]; cbn.
    + destruct (Z.leb_spec k (Z.of_nat (length (filter is_true rows')))); [reflexivity | lia].
    + destruct (Z.leb_spec k 0); [reflexivity | lia].
  - assert (B : (length (filter is_true rows) <= length (filter is_true rows')
                 <= length (filter (fun t => negb (is_false t)) rows')
                 /\ length (filter (fun t => negb (is_false t)) rows')
                    <= length (filter (fun t => negb (is_false t)) rows))%nat).
    { induction H as [ | t u l m S H IH]; cbn; [lia | ].
      destruct S as [-> | ->]; [destruct u as [[ | ] | ] | destruct u as [[ | ] | ]]; cbn; lia. }
    destruct (Z.leb_spec k (Z.of_nat (length (filter is_true rows)))).
    + right. destruct (Z.leb_spec k (Z.of_nat (length (filter is_true rows')))); [reflexivity | lia].
    + destruct (Z.leb_spec k (Z.of_nat (length (filter (fun t => negb (is_false t)) rows)))); [now left | ].
      right. destruct (Z.leb_spec k (Z.of_nat (length (filter is_true rows')))); [lia | ].
      destruct (Z.leb_spec k (Z.of_nat (length (filter (fun t => negb (is_false t)) rows')))); [lia | ].
      reflexivity.
Qed.

(* A row by the truth of the filter and its date, which may not be given. *)
Definition dated_row : Type := truth * option Z.

Definition row_stays (w w' : dated_row) : Prop :=
  truth_stays (fst w) (fst w') /\ (snd w = None \/ snd w = snd w').

Definition possible (rows : list dated_row) : list (option Z) :=
  map snd (filter (fun w => negb (is_false (fst w))) rows).

Definition certain (rows : list dated_row) : list (option Z) :=
  map snd (filter (fun w => is_true (fst w)) rows).

(* The dates that are told. *)
Definition told (days : list (option Z)) : list Z :=
  flat_map (fun d => match d with Some d => [d] | None => [] end) days.

Definition furthest (latest : bool) (days : list Z) : option Z :=
  match days with
  | [] => None
  | d :: days => Some (fold_right (further latest) d days)
  end.

Definition is_told (d : option Z) : bool := match d with Some _ => true | None => false end.

Definition extreme_day (latest : bool) (rows : option (list dated_row)) : outcome Z :=
  match rows with
  | None => Unknown
  | Some rows =>
    match possible rows with
    | [] => Undefined
    | _ =>
      if forallb is_told (possible rows) then
        match furthest latest (told (certain rows)), furthest latest (told (possible rows)) with
        | Some d, Some e => if d =? e then Value d else Unknown
        | _, _ => Unknown
        end
      else Unknown
    end
  end.

Lemma furthest_iff :
  forall latest days v, furthest latest days = Some v <-> attains latest days v.
Proof.
  intros latest days v. unfold furthest. destruct days as [ | d days].
  - split; [discriminate | intros [[] _]].
  - pose proof (fold_attains latest d days) as [I B]. split.
    + intros [= <-]. now split.
    + intros [I' B']. f_equal. specialize (B v I'). specialize (B' _ I). destruct latest; lia.
Qed.

Lemma in_told : forall d days, In d (told days) <-> In (Some d) days.
Proof.
  intros d days. unfold told. rewrite in_flat_map. split.
  - intros ([e | ] & I & J); cbn in J; [destruct J as [<- | []]; exact I | destruct J].
  - intros I. exists (Some d). split; [exact I | now left].
Qed.

Lemma possible_came_from_possible :
  forall rows rows', Forall2 row_stays rows rows' -> forall d, In d (possible rows') ->
  exists e, In e (possible rows) /\ (e = None \/ e = d).
Proof.
  intros rows rows' H d. unfold possible.
  induction H as [ | [t e] [t' e'] l m [S D] H IH]; cbn [filter map fst snd] in *; [intros [] | ].
  assert (F : is_false t = true -> is_false t' = true) by (destruct S as [-> | ->]; [discriminate | auto]).
  destruct (is_false t') eqn:F'; cbn [negb].
  - intros I. destruct (IH I) as (x & J & K). exists x. split; [ | exact K].
    destruct (is_false t); cbn; auto.
  - destruct (is_false t); [discriminate (F eq_refl) | ]. cbn. intros [<- | I].
    + exists e. auto.
    + destruct (IH I) as (x & J & K). exists x. auto.
Qed.

Lemma what_counts_goes_on_to_count :
  forall rows rows', Forall2 row_stays rows rows' -> forall d, In (Some d) (certain rows) ->
  In (Some d) (certain rows').
Proof.
  intros rows rows' H d. unfold certain.
  induction H as [ | [t e] [t' e'] l m [S D] H IH]; cbn in *; [tauto | ].
  destruct S as [-> | ->].
  - cbn. intros I. destruct t' as [[ | ] | ]; cbn; auto.
  - destruct t' as [[ | ] | ]; cbn; auto. intros [-> | I]; [ | auto].
    left. destruct D as [[=] | D]. now symmetry.
Qed.

Lemma what_counts_is_possible : forall rows d, In d (certain rows) -> In d (possible rows).
Proof.
  intros rows d. unfold certain, possible. rewrite !in_map_iff.
  intros (w & E & I). exists w. split; [exact E | ]. apply filter_In in I as [I T].
  apply filter_In. split; [exact I | ]. now destruct (fst w) as [[ | ] | ].
Qed.

Theorem an_extreme_stays :
  forall latest rows rows', rows_stay row_stays rows rows' ->
  day_stays (extreme_day latest rows) (extreme_day latest rows').
Proof.
  intros latest rows rows' R. destruct R as [rows' | rows rows' H]; [now left | ]. unfold extreme_day.
  pose proof (possible_came_from_possible rows rows' H) as P.
  pose proof (what_counts_goes_on_to_count rows rows' H) as W.
  destruct (possible rows) as [ | o os] eqn:Ne.
  - right. destruct (possible rows') as [ | d l]; [reflexivity | ].
    destruct (P d) as (x & [] & _). now left.
  - rewrite <- Ne in *. clear o os Ne.
    destruct (forallb is_told (possible rows)) eqn:T; [ | now left].
    destruct (furthest latest (told (certain rows))) as [d | ] eqn:C; [ | now left].
    destruct (furthest latest (told (possible rows))) as [e | ] eqn:Q; [ | now left].
    destruct (Z.eqb_spec d e) as [<- | N]; [right | now left].
    rewrite forallb_forall in T.
    apply furthest_iff in C as [IC _]. apply furthest_iff in Q as [_ BQ].
    assert (Sub : forall x, In x (possible rows') -> In x (possible rows)).
    { intros x I. destruct (P x I) as (y & J & [-> | ->]); [ | exact J]. discriminate (T None J). }
    assert (T' : forallb is_told (possible rows') = true).
    { apply forallb_forall. intros x I. apply T. auto. }
    assert (Id : In (Some d) (certain rows')) by (apply W; now apply in_told).
    assert (C' : furthest latest (told (certain rows')) = Some d).
    { apply furthest_iff. split; [now apply in_told | ]. intros x I. apply BQ, in_told, Sub.
      apply what_counts_is_possible. now apply in_told. }
    assert (Q' : furthest latest (told (possible rows')) = Some d).
    { apply furthest_iff. split; [now apply in_told, what_counts_is_possible | ].
      intros x I. now apply BQ, in_told, Sub, in_told. }
    rewrite T', C', Q', Z.eqb_refl.
    apply what_counts_is_possible in Id. destruct (possible rows'); [destruct Id | reflexivity].
Qed.

(* --- Applicability -------------------------------------------------------------------------------------- *)

Definition is_defined {A : Type} (x : outcome A) : truth :=
  match x with Value _ => Some true | Undefined => Some false | Unknown => None end.

(* Of a norm that binds and covers the place: in force, under its guard, with a position that is defined. *)
Definition applies_as_told {A : Type} (force guard : truth) (taken : outcome A) : truth :=
  all_hold [force; guard; is_defined taken].

Theorem what_applies_goes_on_to_apply :
  forall {A : Type} force force' guard guard' (taken taken' : outcome A),
  truth_stays force force' -> truth_stays guard guard' -> stays Unknown taken taken' ->
  truth_stays (applies_as_told force guard taken) (applies_as_told force' guard' taken').
Proof.
  intros A force force' guard guard' taken taken' F G T. apply a_conjunction_stays.
  repeat apply Forall2_cons; auto. destruct T as [-> | ->]; [now left | now right].
Qed.
