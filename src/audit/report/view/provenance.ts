import { sourceName } from '../../types/source-name.js'
import type { AuditResult } from '../../types/audit.js'
import type { EvidenceFacts, ModelFacts } from '../../types/facts.js'
import { countedText } from '../locale.js'
import { evidenceName, hasSeveralModels, printable } from '../names.js'
import type { Words } from '../words.js'
import { dtypeLines } from './dtype-lines.js'
import { vectorLines } from './vector-lines.js'

/** Everything needed to run the audit again and to check this page against it. */
export function provenance(words: Words) {
  const { audit, locale } = words
  const { facts, run } = audit
  const isOpened = facts.evidence.some(({ kind }) => kind === 'embeddings') // else there is no hash of any image
  const pairs: readonly (readonly [string, string])[] = [
    ['audit', audit.auditId],
    ['schema', audit.schema],
    ['created', run.createdUtc],
    ['tool', `${facts.tool.name} ${facts.tool.version}`],
    ['plan', facts.plan.sha256],
    ['policy', `${facts.policy.id} ${facts.policy.sha256}`],
    [isOpened ? 'manifest' : 'labels', facts.dataset.manifestSha256],
    ['seed', String(facts.seed)],
    ['host', `Node.js ${run.host.node}, ${run.host.os}`],
    ...(run.cacheHits > 0 ? [['cache', words.numbers.count(run.cacheHits)] as const] : []),
  ]
  return {
    pairs: pairs.map(([name, value]) => ({ name: locale.text(nameOf(name, audit)), value: printable(value) })),
    runAgain: printable(run.commandLine),
    verify: locale.text('provenance.verify-command'),
    models: facts.models.map((model) => ({
      name: printable(model.name),
      sha256: printable(model.sha256),
      dim: words.numbers.count(model.dim),
      logitScale: logitsText(model, words),
      dtype: model.dtype === undefined ? null : printable(model.dtype),
      lines: [...sourceLines(model, words), ...dtypeLines(model.dtypeChoice, words)],
      files: model.files.map(([path, sha256, bytes]) => ({
        path: printable(path),
        sha256: printable(sha256),
        bytes: words.numbers.count(bytes),
      })),
    })),
    evidence: facts.evidence.map((evidence) => {
      const { id, lines } = evidencePairs(evidence, words)
      const name = evidenceName(evidence.id, audit)
      return { id: hasSeveralModels(audit) ? locale.text('models.evidence', { id, name }) : id, lines }
    }),
    sources: facts.dataset.sources.map(({ file, sha256 }) => ({ file: printable(file), sha256: printable(sha256) })),
  }
}

/** With several models an image counts once for each whose vector was stored. */
function nameOf(pair: string, audit: AuditResult): string {
  return pair === 'cache' && hasSeveralModels(audit) ? 'models.cache' : `provenance.${pair}`
}

/** How the evidence was made: preprocessing and machine of embeddings, or the file of decisions. */
export function evidencePairs(evidence: EvidenceFacts, words: Pick<Words, 'locale' | 'numbers'>) {
  const { locale, numbers } = words
  if (evidence.kind === 'decisions') {
    const { sha256, rows } = evidence.source
    return {
      id: printable(evidence.id),
      lines: [
        locale.text('provenance.decisions', {
          file: printable(sourceName(evidence)),
          sha256: printable(sha256),
          rows: numbers.rows(rows),
        }),
      ],
    }
  }
  if (evidence.kind === 'vectors') return { id: printable(evidence.id), lines: vectorLines(evidence.source, words) }
  const { preprocessing: how } = evidence
  return {
    id: printable(evidence.id),
    lines: [
      locale.text('provenance.preprocessing', {
        size: printable(how.size),
        resample: printable(how.resample),
        resize: how.resize,
        crop: printable(how.crop),
        mean: how.mean.map(numbers.plain).join(' '),
        std: how.std.map(numbers.plain).join(' '),
        exif: how.exif,
        sha256: printable(how.sha256),
      }),
      ...evidence.embeddedWith.map((machine) =>
        countedText(locale, `provenance.embedded-${machine.device === undefined ? 'with' : 'on'}`, machine.threads, {
          threads: numbers.count(machine.threads),
          batch: numbers.count(machine.batch),
          onnxruntime: printable(machine.onnxruntime),
          libvips: printable(machine.libvips),
          device: machine.device ?? 'cpu',
        }),
      ),
    ],
  }
}

/** Where the folder was pulled from, and which files are others since; nothing for a folder that no pull made. */
function sourceLines({ source }: ModelFacts, { locale }: Words): string[] {
  if (source === undefined) return []
  const { endpoint, id, revision, licence, otherFiles } = source
  const slots = { endpoint: printable(endpoint), id: printable(id), revision: printable(revision) }
  return [
    licence === null
      ? locale.text('provenance.pulled-no-licence', slots)
      : locale.text('provenance.pulled', { ...slots, licence: printable(licence) }),
    ...(otherFiles === undefined
      ? []
      : [locale.text('provenance.not-pulled', { files: otherFiles.map(printable).join(', ') })]),
  ]
}

function logitsText(model: ModelFacts, words: Words): string {
  const scale = statedText(model.logitScale, model.logitScaleReason, words)
  if (model.activation === undefined) return scale
  const bias = statedText(model.logitBias ?? null, model.logitBiasReason ?? null, words)
  return words.locale.text('provenance.sigmoid', { scale, bias })
}

/** A number that the user stated is not the model's word, and says so. */
function statedText(value: number | null, reason: string | null, { numbers, locale }: Words): string {
  if (value === null) return printable(reason ?? '')
  const text = numbers.plain(value)
  return reason === null ? text : locale.text('provenance.stated-scale', { scale: text })
}
