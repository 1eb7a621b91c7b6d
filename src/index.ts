/** Everything that the command line does, called from a program. Start with {@link audit}; statistics and the simulated data
 *  have entry points of their own.
 *  @module probity */
export { audit, type AuditRun } from './library/audit.js'
export { libraryTools, type LibraryOptions } from './library/library-tools.js'
export { writeLabelFile, type LabelledImage, type WrittenLabels } from './audit/write-label-file.js'
export { readAudit } from './audit/audit-file/read-audit.js'
export { readResult, type SavedResult } from './audit/audit-file/read-result.js'
export { auditId } from './audit/audit-file/audit-id.js'
export { canonicalJson, readableJson } from './audit/audit-file/canonical-json.js'
export { readCurvePlan, type CurveFlags, type CurvePlan } from './audit/definitions/read-curve-plan.js'
export { readEmbeddingPlan } from './audit/definitions/read-embedding-plan.js'
export { readPlan, type PlanFlags } from './audit/definitions/read-plan.js'
export {
  listShipped,
  readGrid,
  readLabelSet,
  readPolicy,
  readProbe,
  readTemplateFamily,
  type ShippedDefinition,
} from './audit/definitions/shipped.js'
export { validateFile, type ValidFile } from './audit/definitions/validate-file.js'
export type { NewProbe } from './audit/definitions/compose-probe.js'
export type { NamedImplication, NamedLabel } from './audit/definitions/label-flags.js'
export type { ShippedKind } from './audit/definitions/locate.js'
export type { LabelSetChanges } from './audit/definitions/plan-edits.js'
export type { CountWanted, CountedImages } from './audit/counted-images.js'
export { derive } from './audit/derive.js'
export { deriveCurve } from './audit/derive-curve.js'
export {
  DatasetError,
  DefinitionError,
  Interrupted,
  ModelError,
  ProbityError,
  PullInterrupted,
  type Fault,
} from './audit/errors.js'
export {
  localeFrom,
  localeIds,
  TRANSLATED_KINDS,
  type Locale,
  type LocaleEntry,
  type Slots,
  type TranslatedKind,
} from './audit/report/locale.js'
export type { PluralRule } from './audit/report/plural-rule.js'
export type { ReportOptions } from './audit/report/report-options.js'
export { REPORT_FORMATS, type ReportFile, type ReportFormat, type TextFormat } from './audit/render-report.js'
export { renderInstructions } from './audit/report/outputs/render-instructions.js'
export { renderJobSummary } from './audit/report/outputs/render-job-summary.js'
export { renderJunit } from './audit/report/outputs/render-junit.js'
export { renderModelCards } from './audit/report/outputs/render-model-card.js'
export { renderSarif } from './audit/report/outputs/render-sarif.js'
export { renderCsvTables } from './audit/report/render-csv.js'
export { renderCurveCsv } from './audit/report/render-curve-csv.js'
export { renderCurveHtml } from './audit/report/render-curve-html.js'
export { renderCurveMarkdown } from './audit/report/render-curve-markdown.js'
export { renderHtml } from './audit/report/render-html.js'
export { renderMarkdown } from './audit/report/render-markdown.js'
export { renderTerminalSummary } from './audit/report/render-terminal.js'
export type { EmbedCounts } from './audit/embedding/image-ledger.js'
export type { DecisionsOfEvidence, Evidence, VectorCounts } from './audit/gather-evidence.js'
export type { DecidedAndObserved } from './audit/decide-and-observe.js'
export type { FromEmbeddings, ModelRun } from './audit/decide-with-model.js'
export type { LabelFileFlags } from './audit/definitions/reading-flags.js'
export type { ChannelStatistics } from './audit/model/describe-tensor.js'
export type { ImageFault, ImageFaultCode } from './audit/model/image-fault.js'
export type { ModelSignature, ValueSignature } from './audit/model/inference-protocol.js'
export type { EmbeddedWith } from './audit/model/open-model.js'
export type { ResizeKind } from './audit/model/preprocessing.js'
export type { ChosenThreshold } from './audit/overlap/choose-threshold.js'
export type { FindingAction, Signature, Signoff } from './audit/types/signoff.js'
export { runAudit, type AuditOutcome } from './audit/run-audit.js'
export { runCalibrate, type CalibratePlan, type CalibrateTools } from './audit/run-calibrate.js'
export { runCompare, type ComparePlan } from './audit/run-compare.js'
export { runCurve, type CurveOutcome } from './audit/run-curve.js'
export { runEmbed, type EmbedOptions, type EmbedOutcome } from './audit/run-embed.js'
export { runLabelSetEdit, type EditOutcome, type EditRequest } from './audit/run-label-set-edit.js'
export { runMerge, type MergedDataset, type MergeOutcome, type MergePlan } from './audit/run-merge.js'
export { runOverlap, type OverlapOutcome, type OverlapPlan } from './audit/run-overlap.js'
export { runPlan } from './audit/run-plan.js'
export { runProbeNew, type ProbeToWrite } from './audit/run-probe-new.js'
export { runLabelSetNew, type NewLabelSet } from './audit/run-label-set-new.js'
export { runLint, type LintEvidence } from './audit/run-lint.js'
export {
  runModelCheck,
  type CheckedImage,
  type CheckedText,
  type CheckedVector,
  type CheckOptions,
  type ModelCheck,
} from './audit/run-model-check.js'
export {
  planPull,
  runPull,
  type DatasetChoice,
  type ModelChoice,
  type PullRequest,
  type PullTools,
} from './audit/run-pull.js'
export { runQueuedEmbed, type QueuedOutcome, type QueuePlan } from './audit/run-queued-embed.js'
export { runWorker, type WorkerOutcome, type WorkerPlan } from './audit/run-worker.js'
export { runPublish, type PublishPlan } from './audit/run-publish.js'
export { runShowImages, type ShowImages, type ShownImage, type ShownImages } from './audit/run-show-images.js'
export {
  runStoreList,
  runStorePurge,
  runStoreVerify,
  type ListedSpace,
  type Purged,
  type PurgeWhat,
} from './audit/run-store.js'
export type { Description } from './audit/store/space-file.js'
export type { StoreNotice } from './audit/store/vector-space.js'
export type { VerifiedSpace } from './audit/store/verify-space.js'
export { runVerify } from './audit/run-verify.js'
export type { Check } from './audit/types/check.js'
export type { Progress, Stopwatch, StoreChoice, Tools } from './audit/tools.js'
export type * from './audit/types/ablation.js'
export type * from './audit/types/audit.js'
export type * from './audit/types/audit-comparison.js'
export type * from './audit/types/gate.js'
export type * from './audit/types/policy.js'
export type * from './audit/types/calibration.js'
export type { Calibration } from './audit/types/calibration.js' // a measure has the same name
export type { Calibration as CalibrationMeasure } from './audit/types/measures.js'
export type * from './audit/types/captions.js'
export type * from './audit/types/chance.js'
export type * from './audit/types/change.js'
export type * from './audit/types/curve.js'
export type * from './audit/types/dataset.js'
export type * from './audit/types/decisions.js'
export type * from './audit/types/definitions.js'
export type * from './audit/types/derived.js'
export type * from './audit/types/device.js'
export type * from './audit/types/isolation.js'
export type * from './audit/types/dtype.js'
export type * from './audit/types/dtype-choice.js'
export type * from './audit/types/estimates.js'
export type * from './audit/types/facts.js'
export type * from './audit/types/figures.js'
export type * from './audit/types/files.js'
export type * from './audit/types/forecast.js'
export type * from './audit/types/grid.js'
export type * from './audit/types/groups.js'
export type * from './audit/types/lint.js'
export type * from './audit/types/measures.js'
export type * from './audit/types/observations.js'
export type * from './audit/types/observed/abstention.js'
export type * from './audit/types/observed/annotator-agreement.js'
export type * from './audit/types/observed/association-threshold.js'
export type * from './audit/types/observed/calibration.js'
export type * from './audit/types/observed/caption-association.js'
export type * from './audit/types/observed/caption-test.js'
export type * from './audit/types/observed/embedding-association.js'
export type * from './audit/types/observed/feature-sensitivity.js'
export type * from './audit/types/observed/identity.js'
export type * from './audit/types/observed/linear-probe.js'
export type * from './audit/types/observed/markedness.js'
export type * from './audit/types/observed/observed.js'
export type * from './audit/types/observed/retrieval-skew.js'
export type * from './audit/types/observed/self-similarity.js'
export type * from './audit/types/observed/top-k-association.js'
export type * from './audit/types/overlap.js'
export type * from './audit/types/pace.js'
export type * from './audit/types/paired.js'
export type * from './audit/types/plan-in-code.js'
export type * from './audit/types/published.js'
export type * from './audit/types/pull.js'
export type * from './audit/types/queue.js'
export type * from './audit/types/reading.js'
export type * from './audit/types/shard.js'
export type * from './audit/types/source-name.js'
export type * from './audit/types/vectors.js'
export type * from './audit/types/verdict.js'
export { verifyCurve } from './audit/verify-curve.js'
export { writeComparison } from './audit/write-comparison.js'
export { CURVE_FORMATS, writeCurve, writeCurveReports, type CurveFormat } from './audit/write-curve.js'
export { findChromium, type ChromiumPlaces } from './audit/find-chromium.js'
export { runPdf, type Browser } from './audit/run-pdf.js'
export { writeReports, type WriteOptions } from './audit/write-reports.js'
export { writeResults } from './audit/write-results.js'
