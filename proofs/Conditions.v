(* Conditions on rows: any, all and comparisons with a count are thresholds under connectives, and compare
   what they say. The rest of docs/semantics.md §3 that stands above rows, in complete contexts, as functions.
   In the code: _count and Rows of src/guiju/compiler/lower/expressions.py; evaluate.py. *)

From Coq Require Import ZArith List Bool Lia.
From Guiju Require Import Queries SmallModel.
Import ListNotations.
Open Scope Z_scope.

(* A result is a truth or a day, which may be undefined. *)
Inductive result : Set := Truth (b : bool) | Day (d : option Z).

Inductive order : Set := EQ | LT | LE.

Inductive operation : Set := Not | And | Or | If | Compare (o : order) | Known (r : result).

Definition is_true (r : result) : bool := match r with Truth b => b | Day _ => false end.

Definition compare (o : order) (x y : Z) : bool :=
  match o with EQ => x =? y | LT => x <? y | LE => x <=? y end.

(* An atom is false where a side is undefined; a choice is what its branch is. *)
Definition meaning (o : operation) (parts : list result) : result :=
  match o, parts with
  | Not, [r] => Truth (negb (is_true r))
  | And, _ => Truth (forallb is_true parts)
  | Or, _ => Truth (existsb is_true parts)
  | If, [c; r; s] => if is_true c then r else s
  | Compare o, [Day (Some x); Day (Some y)] => Truth (compare o x y)
  | Known r, _ => r
  | _, _ => Truth false
  end.

Section Conditions.

Context {name filter row : Type}.
Variable passes : filter -> row -> bool.
Variable day_of : name -> row -> Z.

Notation expr := (expr name filter operation).
Notation context := (@context name row).

Definition value (C : context) (e : expr) : result := eval passes day_of meaning Truth Day C e.

Definition holds (C : context) (e : expr) : bool := is_true (value C e).

Definition number_of (C : context) (r : name) (f : filter) : Z := Z.of_nat (length (selected passes f (C r))).

Definition at_least (n : Z) (r : name) (f : filter) : expr :=
  if 0 <? n then Atom (AtLeast n r f) else Apply (Known (Truth true)) [].

Definition negated (e : expr) : expr := Apply Not [e].

Inductive comparison : Set := GE | GT | LT' | LE' | EQ' | NE.

(* A count compared with a number, as lowering writes it. *)
Definition count_is (op : comparison) (n : Z) (r : name) (f : filter) : expr :=
  match op with
  | GE => at_least n r f
  | GT => at_least (n + 1) r f
  | LT' => negated (at_least n r f)
  | LE' => negated (at_least (n + 1) r f)
  | EQ' => Apply And [at_least n r f; negated (at_least (n + 1) r f)]
  | NE => Apply Or [negated (at_least n r f); at_least (n + 1) r f]
  end.

Definition says (op : comparison) (count n : Z) : bool :=
  match op with
  | GE => n <=? count
  | GT => n <? count
  | LT' => count <? n
  | LE' => count <=? n
  | EQ' => count =? n
  | NE => negb (count =? n)
  end.

Lemma at_least_says : forall C n r f, holds C (at_least n r f) = (n <=? number_of C r f).
Proof.
  intros C n r f. unfold holds, value, at_least, number_of.
  destruct (Z.ltb_spec 0 n); cbn [eval meaning is_true atom_in map]; [reflexivity | ].
  symmetry. apply Z.leb_le. lia.
Qed.

Theorem counts_say_what_they_compare :
  forall C op n r f, holds C (count_is op n r f) = says op (number_of C r f) n.
Proof.
  intros C op n r f.
  pose proof (at_least_says C n r f) as A. pose proof (at_least_says C (n + 1) r f) as B.
  unfold holds in *.
  assert (N : forall e, is_true (value C (negated e)) = negb (is_true (value C e))) by reflexivity.
  set (k := number_of C r f) in *.
  destruct op; cbn [count_is says]; try assumption.
  - rewrite B. destruct (Z.leb_spec (n + 1) k), (Z.ltb_spec n k); lia.
  - rewrite N, A. destruct (Z.leb_spec n k), (Z.ltb_spec k n); cbn; lia.
  - rewrite N, B. destruct (Z.leb_spec (n + 1) k), (Z.leb_spec k n); cbn; lia.
  - change (is_true (value C (at_least n r f)) && (is_true (value C (negated (at_least (n + 1) r f))) && true)
            = (k =? n)).
    rewrite N, A, B. destruct (Z.leb_spec n k), (Z.leb_spec (n + 1) k), (Z.eqb_spec k n); cbn; lia.
  - change (is_true (value C (negated (at_least n r f))) || (is_true (value C (at_least (n + 1) r f)) || false)
            = negb (k =? n)).
    rewrite N, A, B. destruct (Z.leb_spec n k), (Z.leb_spec (n + 1) k), (Z.eqb_spec k n); cbn; lia.
Qed.

(* "Any" is one at least; "every" is that not one fails. *)
Definition any (r : name) (f : filter) : expr := Atom (AtLeast 1 r f).

Theorem any_says : forall C r f, holds C (any r f) = true <-> exists w, In w (C r) /\ passes f w = true.
Proof.
  intros C r f. unfold holds, value, any, selected; cbn [eval atom_in is_true]. unfold selected.
  rewrite Z.leb_le. split.
  - intros L. destruct (List.filter (passes f) (C r)) as [ | w l] eqn:E; [cbn in L; lia | ].
    exists w. apply filter_In. rewrite E. cbn. auto.
  - intros (w & H). apply filter_In in H.
    destruct (List.filter (passes f) (C r)); [destruct H | cbn [length]; lia].
Qed.

Theorem every_says :
  forall C r f g, (forall w, passes g w = negb (passes f w)) ->
  (holds C (negated (any r g)) = true <-> forall w, In w (C r) -> passes f w = true).
Proof.
  intros C r f g G.
  change (holds C (negated (any r g))) with (negb (holds C (any r g))).
  rewrite negb_true_iff, <- not_true_iff_false, any_says. split.
  - intros N w I. apply not_false_iff_true. intros E. apply N. exists w. now rewrite G, E.
  - intros A (w & I & E). rewrite G, A in E by exact I. discriminate.
Qed.

(* An undefined day is in no comparison, not even with itself; a defined one is. *)
Theorem defined_says :
  forall C latest r field f,
  let e := Atom (Extreme latest r field f) in
  holds C (Apply (Compare EQ) [e; e]) = true <-> exists w, In w (C r) /\ passes f w = true.
Proof.
  intros C latest r field f e. unfold holds, value, e; cbn [eval atom_in map].
  rewrite <- any_says. unfold holds, value, any; cbn [eval atom_in is_true].
  unfold extreme. destruct (selected passes f (C r)) as [ | w l]; cbn [map length meaning is_true];
    [split; discriminate | ].
  cbn [compare]. rewrite Z.eqb_refl. split; [intros _; apply Z.leb_le; lia | reflexivity].
Qed.

(* --- The cost in rows ---------------------------------------------------------------------------------- *)

Variable name_eq_dec : forall a b : name, {a = b} + {a <> b}.
Variable filter_eq_dec : forall a b : filter, {a = b} + {a <> b}.

Notation bound := (row_bound name_eq_dec filter_eq_dec).

(* A threshold costs as many rows as it asks for; an exact count two thresholds. *)
Theorem cost_of_a_threshold : forall n r f, bound r [at_least n r f] = Z.to_nat n.
Proof.
  intros n r f. unfold row_bound, atoms_on, at_least.
  destruct (Z.ltb_spec 0 n); cbn [flat_map atoms_of app List.filter record_of].
  - destruct (name_eq_dec r r) as [_ | N]; [ | now destruct N].
    cbn [nodup]. destruct (in_dec _ _ _) as [[] | _].
    unfold list_sum; cbn [fold_right map needs]. lia.
  - cbn. lia.
Qed.

Theorem cost_of_an_exact_count :
  forall n r f, 0 < n -> bound r [count_is EQ' n r f] = (Z.to_nat n + Z.to_nat (n + 1))%nat.
Proof.
  intros n r f L. unfold row_bound, atoms_on, count_is, negated, at_least.
  destruct (Z.ltb_spec 0 n); [ | lia]. destruct (Z.ltb_spec 0 (n + 1)); [ | lia].
  cbn [flat_map atoms_of app List.filter record_of].
  destruct (name_eq_dec r r) as [_ | N]; [ | now destruct N].
  cbn [nodup]. destruct (in_dec _ _ _) as [[E | []] | _]; [injection E; lia | ].
  destruct (in_dec _ _ _) as [[] | _].
  unfold list_sum; cbn [fold_right map needs]. lia.
Qed.

(* And no fewer rows would do: a threshold that some rows can reach is reached by none below the bound. *)
Theorem the_bound_is_attained :
  forall n r f C, holds C (at_least n r f) = true ->
  (bound r [at_least n r f] <= length (C r))%nat.
Proof.
  intros n r f C H. rewrite cost_of_a_threshold, at_least_says, Z.leb_le in *.
  unfold number_of, selected in H.
  assert (T : (length (List.filter (passes f) (C r)) <= length (C r))%nat).
  { clear H. induction (C r) as [ | w l IH]; cbn; [lia | ]. destruct (passes f w); cbn; lia. }
  lia.
Qed.

(* Conditions together: satisfiable iff on no more rows than the bound. *)
Theorem conditions_need_few_rows :
  forall query : list expr,
  (exists C, forallb (holds C) query = true)
  <-> exists C, (forall r, (length (C r) <= bound r query)%nat) /\ forallb (holds C) query = true.
Proof.
  intros query.
  assert (E : forall C, forallb (holds C) query
                        = forallb is_true (map (eval passes day_of meaning Truth Day C) query)).
  { intros C. induction query as [ | e query IH]; [reflexivity | ]. cbn. f_equal. exact IH. }
  pose proof (bounded_search_is_complete name_eq_dec filter_eq_dec passes day_of meaning Truth Day query
                (fun found => forallb is_true found = true)) as B.
  split; intros (C & H).
  - destruct (proj1 B) as (D & L & T); [exists C; now rewrite <- E | ].
    exists D. rewrite E. auto.
  - exists C. apply H.
Qed.

End Conditions.
