import { readdirSync, readFileSync } from 'node:fs'
import { prepared, preparedFile } from '../prepared.js'
import { reportFile } from '../report-files.js'
import { yaml } from '../when-needed.js'

/** One source of requests, as its file in `reports/crosswalk/` holds it. */
export type WrittenSource = {
  readonly id: string
  readonly rows: readonly {
    readonly id: string
    readonly sections: readonly string[]
    readonly status: 'verified' | 'noted' | 'unverified'
    readonly checked: string | null
  }[]
}

const FOLDER = 'crosswalk'
let READ: readonly WrittenSource[] | null = null

/** Where the build puts what those files hold. */
export const PREPARED_CROSSWALK = preparedFile(FOLDER)

/** The texts of the files, in the order of their names. */
export function crosswalkTexts(): readonly string[] {
  const names = readdirSync(reportFile(FOLDER)).filter((name) => name.endsWith('.yaml'))
  return names.sort().map((name) => readFileSync(reportFile(`${FOLDER}/${name}`), 'utf8'))
}

/** What the texts hold: our own files, whose shape test/audit/report/signoff-sections.test.ts holds. */
export function parsedCrosswalk(texts: readonly string[]): readonly WrittenSource[] {
  const { parse } = yaml()
  return texts.map((text) => parse(text) as WrittenSource)
}

/** The sources, as the build read them or from their files; read once a process. */
export function crosswalkSources(): readonly WrittenSource[] {
  if (READ !== null) return READ
  const texts = crosswalkTexts()
  READ = (prepared(texts, PREPARED_CROSSWALK) as readonly WrittenSource[] | null) ?? parsedCrosswalk(texts)
  return READ
}
