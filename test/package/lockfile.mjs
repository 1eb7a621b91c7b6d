// What package-lock.json says, and what it must say. Pure: values in, faults out, each a sentence.

/** Licences that anyone may ship with. */
const PERMISSIVE = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BSL-1.0', 'CC0-1.0']
/** Besides those, for tools that are never shipped. */
const FOR_TOOLS = ['BlueOak-1.0.0', 'MPL-2.0', 'Python-2.0', 'CC-BY-4.0']
/** Besides those, for these packages: libraries of their own, loaded by sharp, installed by npm beside Probity and never inside its package. See NOTICE. */
const LIBRARIES = { pattern: /^@img\/sharp-(libvips-.+|win32-.+|wasm32)$/, licence: 'LGPL-3.0-or-later' }

/** Oldest versions that may be installed, and why. */
const FLOORS = [
  ['handlebars', '4.7.10', 'CVE-2026-106446, CVE-2026-33916'],
  ['sharp', '0.35.4', 'GHSA-f88m-g3jw-g9cj, GHSA-rgj7-g3m4-5g8c in the bundled libvips and libheif'],
  ['onnxruntime-node', '1.30.0', 'external data is held to the model folder'],
  ['simple-statistics', '7.12.0', 'its permutation test split groups in half whatever their sizes'],
  ['yaml', '2.9.1', 'the limit of aliases is relied on'],
  ['tar', '7.5.19', 'CVE-2026-59873'],
]

/** Packages with an install script, and what becomes of it. */
const INSTALL_SCRIPTS = {
  'onnxruntime-node': 'skipped: it would download CUDA libraries',
  'msgpackr-extract': 'not allowed: it would build an addon, which msgpackr (of bullmq) does without',
}
const OWN_SCRIPTS_AT_INSTALL = ['preinstall', 'install', 'postinstall', 'prepare', 'preprepare', 'postprepare']

/** Every package of the lockfile: where it lies, its name, and what is written of it. */
export function packagesOf(lock) {
  return Object.entries(lock.packages)
    .filter(([path]) => path !== '')
    .map(([path, entry]) => ({ path, name: path.slice(path.lastIndexOf('node_modules/') + 13), ...entry }))
}

/** What npm installs with Probity, on some machine or other; tools and packages of one name and version are left out. */
export function productionOf(lock) {
  const found = packagesOf(lock).filter(({ dev }) => dev !== true) // devOptional: of a tool, and of something optional that is shipped
  return [...new Map(found.map((each) => [`${each.name}@${each.version}`, each])).values()]
}

/** Whether every byte that `npm ci` installs is fixed by this checkout, and comes from the registry. */
export function lockFaults(lock, manifest) {
  const asked = { ...manifest.dependencies, ...manifest.devDependencies, ...manifest.optionalDependencies }
  const written = { ...lock.packages['']?.dependencies, ...lock.packages['']?.devDependencies }
  return [
    ...(lock.lockfileVersion === 3 ? [] : [`lockfileVersion is ${lock.lockfileVersion}, not 3`]),
    ...Object.entries(asked)
      .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
      .map(([name, version]) => `package.json: ${name} is "${version}", not an exact version`),
    ...Object.keys({ ...asked, ...written })
      .filter((name) => asked[name] !== written[name])
      .map((name) => `package.json and the lockfile do not agree on ${name}`),
    ...packagesOf(lock).flatMap(entryFaults),
  ]
}

// npm leaves `resolved` out where it is asked to (omit-lockfile-registry-resolved): then it is the registry, and the hash decides.
function entryFaults({ path, version, resolved, integrity, link }) {
  return [
    ...(link === true ? [`${path} is a link to a folder`] : []),
    ...(/^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? '') ? [] : [`${path} has no SHA-512`]),
    ...(/^\d/.test(version ?? '') ? [] : [`${path} has no version`]),
    ...(resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')
      ? []
      : [`${path} comes from ${resolved}, not from https://registry.npmjs.org`]),
  ]
}

/** Whether nothing runs while Probity is installed. */
export function scriptFaults(lock, manifest, npmrc) {
  const known = Object.keys(INSTALL_SCRIPTS)
  const found = packagesOf(lock).filter(({ hasInstallScript }) => hasInstallScript === true).map(({ name }) => name) // prettier-ignore
  return [
    ...OWN_SCRIPTS_AT_INSTALL.filter((name) => name in (manifest.scripts ?? {})).map((name) => `package.json has a script "${name}", which runs when somebody installs Probity`), // prettier-ignore
    ...found.filter((name) => !known.includes(name)).map((name) => `${name} has an install script and is not listed`),
    ...known.filter((name) => manifest.allowScripts?.[name] !== false).map((name) => `package.json does not forbid the install script of ${name} (allowScripts)`), // prettier-ignore
    ...(/^onnxruntime-node-install=skip$/m.test(npmrc) ? [] : ['.npmrc does not skip the install script of onnxruntime-node']), // prettier-ignore
  ]
}

/** Whether every package has a licence that is allowed where it is used. `licences`: other statements of it, by path, such as those of the installed packages. */
export function licenceFaults(lock, licences = new Map()) {
  return packagesOf(lock).flatMap(
    ({ path, name, license, dev }) =>
    [license, ...(licences.has(path) ? [licences.get(path)] : [])]
      .filter((stated) => !isAllowed(stated, allowedFor(name, dev === true)))
      .map((stated) => `${name}${dev === true ? ', a tool,' : ''} has the licence ${stated ?? '(none)'}, which is not on the list`), // prettier-ignore
  )
}

function allowedFor(name, isTool) {
  return [...PERMISSIVE, ...(isTool ? FOR_TOOLS : []), ...(LIBRARIES.pattern.test(name) ? [LIBRARIES.licence] : [])]
}

/** Whether an SPDX expression can be met with these licences: all of AND, one of OR. What is no such expression is not allowed. */
export function isAllowed(expression, allowed) {
  const words = String(expression ?? '').match(/[()]|[^\s()]+/g) ?? []
  let at = 0
  const one = () => {
    const word = words[at++]
    if (word !== '(') return word !== undefined && allowed.includes(word)
    const inner = either()
    return words[at++] === ')' && inner
  }
  const joined = (part, word, fold) => () => {
    let met = part()
    while (words[at] === word) {
      at++
      const next = part() // read to its end, whatever the first gave
      met = fold(met, next)
    }
    return met
  }
  const both = joined(one, 'AND', (a, b) => a && b)
  const either = joined(both, 'OR', (a, b) => a || b)
  const met = either()
  return at === words.length && met
}

/** Whether no package is older than its floor. */
export function floorFaults(lock) {
  return packagesOf(lock).flatMap(({ path, name, version }) =>
    FLOORS.filter(([floored, floor]) => floored === name && isOlder(version, floor)).map(
      ([, floor, why]) => `${path} is ${version}, older than ${floor} (${why})`,
    ),
  )
}

function isOlder(version, floor) {
  const [is, least] = [version, floor].map((text) => text.split('-')[0].split('.').map(Number))
  const first = least.findIndex((part, index) => part !== is[index])
  return first >= 0 ? !(is[first] > least[first]) : version.includes('-')
}

/** Whether every dependency that is installed with Probity, or beside it on request, was decided on: named in backticks in a page of docs/decisions. The bare word decides
 *  nothing: "yaml", "commander" and "sharp" are words that any page may use. */
export function decisionFaults(manifest, decisions) {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies })
    .filter((name) => !decisions.includes(`\`${name}\``))
    .map((name) => `no page of docs/decisions names ${name}, which is installed with Probity`)
}
