(* Queries: closed expressions over the rows of records. The syntax of docs/semantics.md §1 as far as the
   small-model theorem looks into it, and the bound of §9.4.
   In the code: src/guiju/compiler/kernel/expressions.py; row_bound of src/guiju/compiler/small_model.py. *)

From Coq Require Import ZArith List Bool.
Import ListNotations.
Open Scope Z_scope.

Section Syntax.

(* Names of records and of date fields, and filters, which are told apart as they are written. *)
Context {name filter operation : Type}.

(* What looks at rows. *)
Inductive atom : Type :=
| AtLeast (threshold : Z) (record : name) (where_ : filter)
| Extreme (latest : bool) (record field : name) (where_ : filter).

(* Everything else: an operation on the results of its parts. *)
Inductive expr : Type :=
| Atom (a : atom)
| Apply (o : operation) (parts : list expr).

(* Every atom in an expression, in all its parts. *)
Fixpoint atoms_of (e : expr) : list atom :=
  match e with
  | Atom a => [a]
  | Apply _ parts => flat_map atoms_of parts
  end.

Definition record_of (a : atom) : name :=
  match a with AtLeast _ r _ => r | Extreme _ r _ _ => r end.

(* How many rows an atom needs: its threshold (none, below 0), or one. *)
Definition needs (a : atom) : nat :=
  match a with AtLeast k _ _ => Z.to_nat k | Extreme _ _ _ _ => 1%nat end.

Variable name_eq_dec : forall a b : name, {a = b} + {a <> b}.
Variable filter_eq_dec : forall a b : filter, {a = b} + {a <> b}.

Definition atom_eq_dec : forall a b : atom, {a = b} + {a <> b}.
Proof. decide equality; auto using Z.eq_dec, bool_dec. Defined.

(* The distinct atoms on record [r] of a query. *)
Definition atoms_on (r : name) (query : list expr) : list atom :=
  nodup atom_eq_dec (List.filter (fun a => if name_eq_dec (record_of a) r then true else false)
                                 (flat_map atoms_of query)).

Definition row_bound (r : name) (query : list expr) : nat :=
  list_sum (map needs (atoms_on r query)).

Lemma in_atoms_on :
  forall r query a, In a (atoms_on r query) <-> record_of a = r /\ exists e, In e query /\ In a (atoms_of e).
Proof.
  intros r query a. unfold atoms_on. rewrite nodup_In, filter_In, in_flat_map.
  destruct (name_eq_dec (record_of a) r); split; try tauto.
  intros [_ [=]].
Qed.

End Syntax.

Arguments atom : clear implicits.
Arguments expr : clear implicits.

Section Meaning.

(* A filter holds no quantifier (§2). So whether a row passes depends on the row and on what the contexts that
   are compared have in common (facts, date, place, readings): it is a test of rows. *)
Context {name filter operation row result : Type}.
Variable passes : filter -> row -> bool.
Variable day_of : name -> row -> Z. (* the date in a field, as a number that orders days *)

(* The meaning of every construct but the two that look at rows: Not, And, Or, Compare, If, Sum, Times, the
   shifts, DaysBetween; without parts, what is the same in all contexts that are compared: constants, facts,
   readings, the date, the place. *)
Variable meaning : operation -> list result -> result.
Variable truth : bool -> result.
Variable on_day : option Z -> result. (* None: undefined *)

Definition context : Type := name -> list row.

Definition selected (f : filter) (rows : list row) : list row := List.filter (passes f) rows.

Definition further (latest : bool) (x y : Z) : Z := if latest then Z.max x y else Z.min x y.

Definition extreme (latest : bool) (field : name) (rows : list row) : option Z :=
  match map (day_of field) rows with
  | [] => None
  | d :: days => Some (fold_right (further latest) d days)
  end.

Definition atom_in (C : context) (a : atom name filter) : result :=
  match a with
  | AtLeast k r f => truth (k <=? Z.of_nat (length (selected f (C r))))
  | Extreme latest r field f => on_day (extreme latest field (selected f (C r)))
  end.

Fixpoint eval (C : context) (e : expr name filter operation) : result :=
  match e with
  | Atom a => atom_in C a
  | Apply o parts => meaning o (map (eval C) parts)
  end.

(* Results depend on the rows through the atoms only. *)
Theorem the_atoms_decide :
  forall C D e, (forall a, In a (atoms_of e) -> atom_in C a = atom_in D a) -> eval C e = eval D e.
Proof.
  intros C D. fix IH 1. intros [a | o parts] H; cbn in *.
  - apply H. auto.
  - f_equal. induction parts as [ | e parts IH']; cbn in *; [reflexivity | ].
    f_equal.
    + apply IH. intros a Ha. apply H, in_or_app. auto.
    + apply IH'. intros a Ha. apply H, in_or_app. auto.
Qed.

End Meaning.
