import type { EmbedOutcome } from '../audit/run-embed.js'
import type { StoreChoice } from '../audit/tools.js'
import { shownFolder } from './home-folder.js'
import { counted, shownName, shownPath } from './shown.js'

/** What became of each row, the model, and where vectors are. */
export function describeEmbedding(outcome: EmbedOutcome, store: StoreChoice | null): string {
  const { rows, exported, model, dim } = outcome
  const lines = [
    `${describeRows(outcome)}: ${rows.found} found in the store, ${rows.embedded} embedded, ${rows.quarantined} quarantined, ${rows.excluded} excluded`,
    ...describeQuarantined(outcome),
    `Model: ${shownName(model)}, ${dim} numbers a vector`,
    describeStore(store, outcome.isKept),
    ...(exported.length === 0 ? [] : [`Written: ${exported.map(shownPath).join(', ')}`]),
  ]
  return `${lines.join('\n')}\n`
}

function describeRows({ rows, shard }: EmbedOutcome): string {
  if (shard === null) return counted(rows.in, 'row')
  return `Shard ${shard.number} of ${shard.of}, ${rows.in} of ${counted(shard.datasetRows, 'row')}`
}

/** One line per code. Names of images can identify people and stay out of logs: `--json` is who asks for them. */
function describeQuarantined({ quarantined }: EmbedOutcome): string[] {
  const byCode = new Map<string, number>()
  for (const { code } of quarantined) byCode.set(code, (byCode.get(code) ?? 0) + 1)
  const lines = [...byCode].map(([code, count]) => `  ${code}: ${count}`)
  return lines.length === 0 ? [] : [...lines, '  Names and reasons: the same command with --json']
}

function describeStore(store: StoreChoice | null, isKept: boolean): string {
  if (store === null) return 'Store: none, so nothing was kept'
  const folder = shownFolder(store.folder)
  return isKept ? `Store: ${folder}` : `Store: ${folder}, which could not be written: what was embedded now is not kept`
}

/** One object for one model, a list of them for several. */
export function embeddingAsJson(outcomes: readonly EmbedOutcome[], store: StoreChoice | null): string {
  const all = outcomes.map((outcome) => ({ ...outcome, store: store?.folder ?? null }))
  return `${JSON.stringify(all.length === 1 ? all[0] : all, null, 2)}\n`
}
