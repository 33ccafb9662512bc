(* An instance to compute with: small contexts, rows and filters, and reports as lists of numbers. The tests
   write cases over it, evaluate them, and compare what is printed with the reference evaluator. *)

From Coq Require Import ZArith List Bool Arith.
From Guiju Require Import Civil OrderKey DayNumber FourYears Months Rounding.
From Guiju Require Import Positions Territory Norms Reference Verdict Queries Conditions.
From Guiju Require Unknown.
Import ListNotations.
Open Scope Z_scope.

(* --- Days ---------------------------------------------------------------------------------------------- *)

Definition parts_of_day (a : date) : list Z := [year a; month a; day a].

Definition day_report (a b : date) (months days : Z) : list Z :=
  [if is_valid a then 1 else 0; key a; number a; number_of_parts (parts_of (key a)); key b - key a;
   days_between a b]
  ++ parts_of_day (date_of (key a))
  ++ parts_of_day (shift_months Down months a)
  ++ parts_of_day (shift_months Up months a)
  ++ parts_of_day (shift_years Down (months / 12) a)
  ++ parts_of_day (shift_days days a).

Definition day_number (y m d : Z) : Z := number (Date y m d).

(* A number that is known to be a day's, moved by months. *)
Definition moved (c : clip) (n y m d : Z) : Z := number (shift_months c n (Date y m d)).

(* --- Rows ---------------------------------------------------------------------------------------------- *)

Record row : Set := Row { flag : bool; amount : Z; on : Z; until : Z }.

Inductive filter : Set :=
| Every
| Flagged
| AmountAtLeast (n : Z)
| OnBy (d : Z)
| Fails (f : filter)
| Both (f g : filter).

Fixpoint passes (f : filter) (w : row) : bool :=
  match f with
  | Every => true
  | Flagged => flag w
  | AmountAtLeast n => n <=? amount w
  | OnBy d => on w <=? d
  | Fails f => negb (passes f w)
  | Both f g => passes f w && passes g w
  end.

Definition day_of (field : nat) (w : row) : Z := match field with O => on w | _ => until w end.

Definition filter_eq_dec : forall f g : filter, {f = g} + {f <> g}.
Proof. decide equality; apply Z.eq_dec. Defined.

Definition rows_of (records : list (list row)) (r : nat) : list row := nth r records [].

Definition result_report (r : result) : list Z :=
  match r with
  | Truth b => [0; if b then 1 else 0]
  | Day None => [1]
  | Day (Some d) => [2; d]
  end.

(* The results of a query, and its bounds for the first [n] records. *)
Definition query_report (n : nat) (records : list (list row)) (query : list (expr nat filter operation)) :
  list (list Z) :=
  map (fun e => result_report (value passes day_of (rows_of records) e)) query
  ++ [map (fun r => Z.of_nat (row_bound Nat.eq_dec filter_eq_dec r query)) (seq 0 n)].

(* --- What an incomplete case tells --------------------------------------------------------------------- *)

Definition truth_eq_dec : forall x y : option bool, {x = y} + {x <> y}.
Proof. decide equality; apply bool_dec. Defined.

Definition outcome_eq_dec : forall x y : Unknown.outcome Z, {x = y} + {x <> y}.
Proof. decide equality; apply Z.eq_dec. Defined.

Definition truth_report (t : option bool) : list Z :=
  match t with Some b => [0; if b then 1 else 0] | None => [3] end.

Definition outcome_report (x : Unknown.outcome Z) : list Z :=
  match x with Unknown.Undefined => [1] | Unknown.Value d => [2; d] | Unknown.Unknown => [3] end.

(* --- Norms --------------------------------------------------------------------------------------------- *)

Record situation : Set := Situation {
  told : list bool;
  date_told : Z;
  today : Z;
  place : nat;
  law : option Z;
  records : list (list row)
}.

Definition fact (C : situation) (i : nat) : expr nat filter operation :=
  Apply (Known (Truth (nth i (told C) false))) [].

Definition asks (C : situation) (e : expr nat filter operation) : bool :=
  holds passes day_of (rows_of (records C)) e.

(* The latest or earliest date of a record's rows, undefined where there are none. *)
Definition found (latest : bool) (r field : nat) (f : filter) : term Z :=
  fun C => extreme day_of latest field (selected passes f (rows_of (records C) r)).

Definition fixed (z : Z) : @term situation Z := fun _ => Some z.

Definition spanned (s e : term Z) : @term situation position :=
  fun C => match s C, e C with Some s, Some e => Some (Span s e) | _, _ => None end.

Definition answered (v : Z) : @term situation position := fun _ => Some (Answer (Some v)).

Definition unspecified : @term situation position := fun _ => Some (Answer None).

Definition modal (m : modality) : @term situation position := fun _ => Some (Deontic m).

Definition listed {A B : Type} (eqb : A -> A -> bool) (default : B) (pairs : list (A * B)) (a : A) : B :=
  match find (fun p => eqb (fst p) a) pairs with Some p => snd p | None => default end.

Definition parents (l : list (nat * nat)) (p : nat) : option nat :=
  listed Nat.eqb None (map (fun e => (fst e, Some (snd e))) l) p.

Definition over (l : list (nat * nat)) (i j : nat) : bool :=
  existsb (fun p => (fst p =? i)%nat && (snd p =? j)%nat) l.

Definition number_of_verdict (v : verdict) : Z :=
  match v with
  | Eligible => 0
  | Ineligible => 1
  | AtDiscretion => 2
  | Answered => 3
  | Silent => 4
  | InConflict => 5
  end.

Definition position_report (p : position) : list Z :=
  match p with
  | Deontic Obliged => [0; 0]
  | Deontic Forbidden => [0; 1]
  | Deontic Permitted => [0; 2]
  | Answer None => [1]
  | Answer (Some v) => [2; v]
  | Span s e => [3; s; e]
  end.

(* Which norms apply, are defeated, stand, conflict; the positions that stand; the verdict. *)
Definition answer_report (K : corpus situation) (C : situation) (q : nat) : list (list Z) :=
  let name n := Z.of_nat (id n) in
  let asked := List.filter (fun n => (question n =? q)%nat) in
  [ map name (asked (applicable K C));
    map name (List.filter (is_defeated K C) (asked (applicable K C)));
    map name (asked (standing K C));
    flat_map (fun mn => [name (fst mn); name (snd mn)]) (conflicts K C q);
    flat_map (fun n => match taken n C with Some p => position_report p | None => [] end)
             (asked (standing K C));
    [number_of_verdict (verdict_on K C q)] ].
