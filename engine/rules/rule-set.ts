import type { Condition } from '../compare/condition.ts';
import type { FieldFinder } from '../fields/field.ts';
import type { Expression } from '../filter/ast.ts';
import type { ConditionText, Place } from '../filter/condition-text.ts';
import type { AlertRule } from '../model/alert.ts';
import type { Span } from '../model/source.ts';
import type { ExtraField, Template } from '../output/template.ts';

/** A rule that was loaded. Texts are for people: decoded. */
export interface Rule extends AlertRule {
  /** Place in `RuleSet.rules`. */
  readonly number: number;
  readonly description: string;
  /** False when the file switches it off; it is compiled all the same. */
  readonly enabled: boolean;
  /** Start a capture when it fires, and for how many milliseconds; 0 is Falco's default. */
  readonly capture: boolean;
  readonly captureDuration: number;
  /** The output with all that is added to it, as text and ready to be rendered. */
  readonly outputText: string;
  readonly output: Template;
  readonly extraFields: readonly ExtraField[];
  /** The condition with its exceptions and lists in place, macros still as references. */
  readonly written: Expression;
  /** The same with macros in place. Parts that come from a macro are the macro's own nodes, shared between rules. */
  readonly expression: Expression;
  /** Ready to be decided. Leaves refer to the checks of `expression`. */
  readonly condition: Condition;
  /** Event codes on which the rule is tried; only these can make it fire. */
  readonly eventCodes: ReadonlySet<number>;
  /** Its exceptions, in order; one without values is not in the condition. */
  readonly exceptions: readonly RuleException[];
  /** Fields that its exceptions look at. */
  readonly exceptionFields: readonly string[];
  /** Where it is defined. */
  readonly span: Span;
}

/** An exception of a rule. What it adds to the condition leads back to its place. */
export interface RuleException {
  readonly name: string;
  readonly place: Place;
}

/** A macro that was loaded. */
export interface LoadedMacro {
  readonly name: string;
  /** As written, with lists in place. */
  readonly written: Expression;
  /** With macros in place. */
  readonly expression: Expression;
  readonly used: boolean;
  readonly span: Span;
}

/** A list that was loaded. */
export interface LoadedList {
  readonly name: string;
  /** With the lists among its items in place. */
  readonly items: readonly string[];
  /** The items as they are put into conditions; what came from the list leads back to this very text. */
  readonly text: ConditionText;
  readonly used: boolean;
  readonly span: Span;
}

/** All that a set of rule files defines. */
export interface RuleSet {
  /** In the order of first definition, also those that are switched off. */
  readonly rules: readonly Rule[];
  /** The rules that run, in the order in which they are tried on an event. */
  readonly active: readonly Rule[];
  readonly macros: ReadonlyMap<string, LoadedMacro>;
  readonly lists: ReadonlyMap<string, LoadedList>;
  /** How names in these rules find their fields, where that is not `findField`. */
  readonly find?: FieldFinder;
}
