// Asks the registry for known faults and for signatures. A service that does not answer has not said that nothing is wrong.
import { spawnSync } from 'node:child_process'

const LONGEST_MS = 90_000
const GRAVE = ['high', 'critical']

/** What the advisories say of the packages of this folder: { faults, remarks, notChecked }, sentences each. `notChecked` is null where the service answered. */
export function advisories(root, registry) {
  const answer = ask(root, ['audit', '--json'], registry)
  const found = answer.json?.vulnerabilities
  if (found === undefined || answer.json?.auditReportVersion === undefined)
    return { faults: [], remarks: [], notChecked: `the advisory service did not answer (${answer.why})` }
  const shipped = ask(root, ['audit', '--omit', 'dev', '--json'], registry).json?.vulnerabilities
  if (shipped === undefined) return { faults: [], remarks: [], notChecked: 'the advisory service answered only once' }
  const said = Object.values(found).map(({ name, severity, range }) => {
    const isShipped = name in shipped
    return { isFault: isShipped && GRAVE.includes(severity), text: `${severity}: ${name} ${range}${isShipped ? '' : ', a tool'}` } // prettier-ignore
  })
  return {
    faults: said.filter(({ isFault }) => isFault).map(({ text }) => text),
    remarks: said.filter(({ isFault }) => !isFault).map(({ text }) => text),
    notChecked: null,
  }
}

/** Whether the registry signed what is installed: in the same shape. */
export function signatures(root, registry) {
  const { json, why } = ask(root, ['audit', 'signatures', '--json'], registry)
  if (!Array.isArray(json?.invalid) || !Array.isArray(json?.missing))
    return { faults: [], remarks: [], notChecked: `signatures could not be compared (${why})` }
  const named = (list, what) => list.map(({ name, version }) => `${name} ${version} has ${what}`)
  return {
    faults: [...named(json.invalid, 'a signature that does not fit'), ...named(json.missing, 'no signature')],
    remarks: [],
    notChecked: null,
  }
}

function ask(root, args, registry) {
  const quick = ['--fetch-retries=0', '--fetch-timeout=20000', '--loglevel=error']
  const at = registry === undefined ? [] : [`--registry=${registry}`]
  const { stdout, stderr, error } = spawnSync('npm', [...args, ...quick, ...at], {
    ...{ cwd: root, encoding: 'utf8', timeout: LONGEST_MS, maxBuffer: 2 ** 28 },
  })
  const json = parsed(stdout ?? '')
  const said = json?.error?.summary || json?.message || /npm error (?!code)(.+)/.exec(stderr ?? '')?.[1]
  return { json, why: error?.code === 'ETIMEDOUT' ? 'no answer in time' : String(said ?? 'no reason given').split('\n')[0] } // prettier-ignore
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
