/**
 * The engine as a library: the verbs, and the types they speak. Everything is pure; bytes and texts come in, answers go
 * out.
 */
export { check, loadResultsJson, loadResultsText } from './check.ts';
export { Conversion, type TargetEncoding } from './convert.ts';
export { describe, type Descriptions } from './describe.ts';
export { Detection, type DetectOptions } from './detect.ts';
export { readChange, RuleChange, type ReadChange } from './diff.ts';
export { changeJson } from './change/change-json.ts';
export { changeMarkdown } from './change/change-markdown.ts';
export type { ChangeReport } from './change/change-report.ts';
export { explain, type Answer, type Explaining, type ExplainingOptions, type Question } from './explain.ts';
export { answerJson } from './explanation/explanation-json.ts';
export { MomentExplainer, type ExplainOptions, type RuleExplanation } from './explanation/explain-moment.ts';
export { NearMisses, type NearMiss, type NearMissOptions, type NearMissReport } from './explanation/near-misses.ts';
export { nearMissText } from './explanation/near-miss-text.ts';
export { Filtering, readQuery, type FilteredEvent, type FilteringOptions, type Query } from './filter.ts';
export { PracticeRange, type Recording } from './practise.ts';
export { composeExam, examOf, examResult, type Exam, type ExamPart, type ExamResult } from './practice/exam.ts';
export type { CheckResult, Grade } from './practice/grade.ts';
export { NodeSession, type NodeAnswer } from './practice/node/session.ts';
export type { Task, TaskTrace } from './practice/task.ts';
export { taskSheet, taskSummary, type TaskSheet, type TaskSummary } from './practice/task-sheet.ts';
export { simulate, type Simulation } from './simulate.ts';
export { junitText } from './suite/formats/junit.ts';
export { sarifText } from './suite/formats/sarif.ts';
export { tapText } from './suite/formats/tap.ts';
export { givenFiles } from './suite/given-files.ts';
export type { SuiteReport, TestResult } from './suite/result.ts';
export type { SuiteFiles } from './suite/suite-files.ts';
export { verify, Verification, type VerifyInput, type VerifyOptions } from './verify.ts';
export { diagnosticText } from './model/diagnostic-text.ts';
export { Source, type Position, type Span } from './model/source.ts';
export { alertJson, type AlertJsonOptions } from './output/alert-json.ts';
export { alertLine } from './output/alert-line.ts';
export { play } from './scenario/play.ts';
export { readScenario } from './scenario/read.ts';
export { readCases } from './scenario/read-cases.ts';
export { DetectingReader } from './trace/detecting-reader.ts';
export type { Alert } from './model/alert.ts';
export type { Diagnostic } from './model/diagnostic.ts';
export type { Report, RuleTally } from './model/report.ts';
export type { TraceSink } from './model/trace.ts';
export type { Loaded, LoadOptions, LoadResult } from './rules/loader.ts';
export type { Rule, RuleSet } from './rules/rule-set.ts';
