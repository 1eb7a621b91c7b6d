// Writes the bill of materials of a release: what npm installs with Probity, as CycloneDX 1.5. `npm run sbom`, or `node test/package/sbom.mjs FILE`.
// Made from package-lock.json alone, so that one commit gives one file: no serial number, and no time but that of SOURCE_DATE_EPOCH.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { packagesOf, productionOf } from './lockfile.mjs'

const ROOT = join(import.meta.dirname, '../..')
const FILE = process.argv[2] ?? join(ROOT, 'probity.cdx.json')
const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
const manifest = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
const epoch = process.env['SOURCE_DATE_EPOCH']
const byPath = new Map(packagesOf(lock).map((each) => [each.path, each]))
const shipped = productionOf(lock).sort((a, b) => (reference(a) < reference(b) ? -1 : 1))
const own = { ...manifest, path: '', license: manifest.license }

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.5',
  version: 1,
  metadata: {
    ...(epoch === undefined ? {} : { timestamp: new Date(Number(epoch) * 1000).toISOString() }),
    lifecycles: [{ phase: 'pre-build' }], // of the lockfile, not of one machine
    component: { ...component(own), description: manifest.description },
  },
  components: shipped.map(component),
  dependencies: [own, ...shipped].map((each) => ({ ref: reference(each), dependsOn: dependenciesOf(each) })),
}
writeFileSync(FILE, `${JSON.stringify(bom, null, 2)}\n`)
process.stdout.write(`${FILE}: ${shipped.length} packages\n`)

function component(each) {
  const { name, version, license, integrity } = each
  const isOptional = each.optional === true || each.devOptional === true
  return {
    type: 'library',
    'bom-ref': reference(each),
    name,
    version,
    scope: isOptional ? 'optional' : 'required', // optional: for one kind of machine
    ...(integrity === undefined ? {} : { hashes: [sha512(integrity)] }),
    licenses: /^[\w.-]+$/.test(license) ? [{ license: { id: license } }] : [{ expression: license }],
    purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
    ...bundledIn(each),
  }
}

/** The libraries inside a libvips that is installed here: advisories are about them by name. Its package for other machines holds the same, and has none here. */
function bundledIn({ path, name }) {
  const file = join(ROOT, path, 'versions.json')
  if (!name.startsWith('@img/sharp-libvips-') || !existsSync(file)) return {}
  const versions = Object.entries(JSON.parse(readFileSync(file, 'utf8')))
  const inside = versions.map(([library, version]) => ({ type: 'library', 'bom-ref': `${name}/${library}@${version}`, name: library, version })) // prettier-ignore
  return { components: inside }
}

function reference({ name, version }) {
  return `${name}@${version}`
}

function sha512(integrity) {
  return { alg: 'SHA-512', content: Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex') }
}

/** What a package finds when it asks for its dependencies, looked up as Node does: in its own folder first, then outwards. */
function dependenciesOf({ path, dependencies, optionalDependencies, peerDependencies }) {
  const names = Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies })
  const found = names.flatMap((name) => {
    const at = foldersOf(path).find((folder) => byPath.has(`${folder}node_modules/${name}`))
    const each = at === undefined ? undefined : byPath.get(`${at}node_modules/${name}`)
    return each === undefined || each.dev === true ? [] : [reference(each)]
  })
  return [...new Set(found)].filter((ref) => shipped.some((each) => reference(each) === ref)).sort()
}

function foldersOf(path) {
  if (path === '') return ['']
  const outer = path.slice(0, Math.max(0, path.lastIndexOf('node_modules/')))
  return [`${path}/`, ...foldersOf(outer.replace(/\/$/, ''))]
}
