import type { PullOutcome, PullPlan } from '../audit/types/pull.js'
import { shownFolder } from './home-folder.js'
import { counted, shownArgument, shownBytes, shownName } from './shown.js'

const MOST_LISTED = 30

/** What a pull would do, for a person who has to decide: from where, under which licence, how much, where to. */
export function describePlan(plan: PullPlan): string {
  const { repository, folder, files, here, changed } = plan
  const { endpoint, id, asked, revision, licence, isGated } = repository
  const toFetch = files.filter(({ path }) => !here.some(([name]) => name === path))
  const lines = [
    `source    ${endpoint}, ${repository.kind} ${shownName(id)}`,
    `revision  ${revision}${asked === revision ? '' : ` (${shownName(asked)})`}`,
    `licence   ${licence === null ? 'not stated on its card: ask its owner before you use it' : `${shownName(licence)} (as its card states it)`}`,
    ...(isGated ? ['terms     its owner gives it out on terms that you accepted on the hub'] : []),
    `files     ${counted(files.length, 'file')}, ${shownBytes(bytesOf(files))}`,
    ...toFetch.slice(0, MOST_LISTED).map(({ path, bytes, checksum }) => {
      return `            ${shownName(path)}  ${shownBytes(bytes)}  ${checksum.kind} ${checksum.hex.slice(0, 16)}`
    }),
    ...(toFetch.length > MOST_LISTED ? [`            ... and ${toFetch.length - MOST_LISTED} more`] : []),
    ...(here.length === 0 ? [] : [`here      ${counted(here.length, 'file')}, whole and checked`]),
    ...(changed.length === 0 ? [] : [`replaced  ${changed.map(shownName).join(', ')}: changed since the pull`]),
    `folder    ${shownFolder(folder)}`,
  ]
  return `${lines.join('\n')}\n`
}

/** What to do with a folder that was pulled. */
export function describeOutcome({ folder, record, fetched }: PullOutcome): string {
  const what = fetched === 0 ? 'Nothing to pull: every file is here, whole and checked.' : `Pulled and checked ${counted(fetched, 'file')}.` // prettier-ignore
  const next =
    record.kind === 'model'
      ? `  probity model check ${shownArgument(folder)}\n  probity audit --model ${shownArgument(folder)} ...`
      : `  probity audit --images ${shownArgument(folder)} ...`
  return `${what}\n${shownFolder(folder)}\n${next}\n`
}

function bytesOf(files: PullPlan['files']): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}
