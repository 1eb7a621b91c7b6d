import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { readPythonDict } from '../../../src/audit/dataset/formats/python-dict.js'
import { meanPlace, mostVoted } from '../../../src/audit/dataset/formats/votes.js'
import { safeCsvCell, unmarked } from '../../../src/audit/dataset/csv-out.js'
import { fillImageName, imageNameOf } from '../../../src/audit/dataset/image-name.js'
import { isCalendarDay } from '../../../src/audit/definitions/calendar-day.js'
import { delimiterOf } from '../../../src/audit/definitions/delimiter.js'
import { readGroupFlags } from '../../../src/audit/definitions/group-flag.js'
import {
  readImpliesFlag,
  readLabelFlag,
  readOutcomeFlag,
  readSetTextFlag,
} from '../../../src/audit/definitions/label-flags.js'
import { settingsFromFlags } from '../../../src/audit/definitions/plan-flags.js'
import { readQueueAddress } from '../../../src/audit/definitions/read-queue-address.js'
import { readDtypes } from '../../../src/audit/definitions/read-dtypes.js'
import { readShard } from '../../../src/audit/definitions/read-shard.js'
import { readRepository } from '../../../src/audit/hub/read-repository.js'
import { readEndpoint } from '../../../src/audit/hub/read-endpoint.js'
import { readRepositoryName } from '../../../src/audit/hub/read-repository-name.js'
import { readToken } from '../../../src/audit/hub/read-token.js'
import { collision, isSafePath, refuseUnsafePaths } from '../../../src/audit/hub/safe-path.js'
import { readQueuedShard, readShardProgress, readShardResult } from '../../../src/audit/queue/queued-shard.js'
import { DefinitionError } from '../../../src/audit/errors.js'
import type { Fault } from '../../../src/audit/errors.js'
import { testHub } from '../../audit/hub/test-hub.js'
import { queuedShards, tenRows } from '../../audit/queue/queued.js'
import { jsonSeeds } from '../one-wrong.js'
import { hold } from '../target.js'
import type { FuzzTarget } from '../target.js'

const NO_MESSAGE = { at: 'the queue', expected: 'a message', received: 'none' }

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new DefinitionError('queue.format', NO_MESSAGE)
  }
}
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const ABOUT = { id: 'org/name', sha: COMMIT, gated: false, tags: ['license:mit'], cardData: { license: 'mit', configs: [{ config_name: 'default', data_files: [{ split: 'train', path: 'data/*.parquet' }] }] } } // prettier-ignore
const LISTING = [
  { type: 'file', path: 'config.json', size: 7, oid: 'a'.repeat(40) },
  { type: 'file', path: 'onnx/model.onnx', size: 1, oid: 'b', lfs: { oid: `sha256:${'c'.repeat(64)}`, size: 9_000 } },
  { type: 'directory', path: 'onnx' },
]

type Answers = { about: Uint8Array; listing: Uint8Array; link: string | null }
const answers: Answers = {
  about: bytesOf(JSON.stringify(ABOUT)),
  listing: bytesOf(JSON.stringify(LISTING)),
  link: null,
}
let listening: Promise<{ server: Server; endpoint: string }> | undefined

/** A hub on this machine that says whatever the fuzzer wants. */
function startHub(): Promise<{ server: Server; endpoint: string }> {
  return new Promise((resolve) => {
    const server = createServer(({ url = '' }, response) => {
      const isListing = url.includes('/tree/')
      if (isListing && answers.link !== null) response.setHeader('link', answers.link)
      response.end(isListing ? answers.listing : answers.about)
    })
    server.unref()
    server.listen(0, '127.0.0.1', () => resolve({ server, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })) // prettier-ignore
  })
}

async function ask(said: Partial<Answers>): Promise<void> {
  listening ??= startHub()
  const { endpoint } = await listening
  Object.assign(answers, { about: bytesOf(JSON.stringify(ABOUT)), listing: bytesOf(JSON.stringify(LISTING)), link: null }, said) // prettier-ignore
  const hub = testHub(endpoint)
  const { files, revision } = await readRepository(hub, { id: 'org/name', revision: 'main' })
  hold(/^[0-9a-f]{40,64}$/.test(revision), 'a commit that is none')
  refuseUnsafePaths(hub, endpoint, files)
  hold(files.every(({ path, bytes }) => isSafePath(path) && Number.isSafeInteger(bytes) && bytes >= 0), 'a file that is none') // prettier-ignore
}

/** A short text: the seeds are texts that a person would write, and near misses. */
function words(
  name: string,
  sources: readonly string[],
  seeds: readonly string[],
  run: (text: string) => void,
): FuzzTarget {
  return {
    name,
    family: 'short texts',
    reads: sources,
    seeds: () => seeds.map(bytesOf),
    run: ({ text }) => run(text()),
  }
}

const outside = (path: string): boolean =>
  path.startsWith('/') || path.split('/').includes('..') || /^[A-Za-z]:/.test(path)

export const WORD_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'hub-repository',
    family: 'answers of a hub',
    reads: ['src/audit/hub/read-repository.ts', 'src/audit/hub/read-json.ts', 'src/audit/hub/dataset-parts.ts'],
    seeds: () => jsonSeeds([ABOUT], 60),
    run: ({ bytes }) => ask({ about: bytes }),
  },
  {
    name: 'hub-listing',
    family: 'answers of a hub',
    reads: ['src/audit/hub/list-files.ts', 'src/audit/hub/safe-path.ts', 'src/audit/hub/read-json.ts'],
    seeds: () => jsonSeeds([LISTING], 60),
    run: ({ bytes }) => ask({ listing: bytes }),
  },
  {
    name: 'hub-link',
    family: 'answers of a hub',
    reads: ['src/audit/hub/list-files.ts'],
    seeds: () => ['</api/models/org/name/other>; rel="next"', '<https://elsewhere.example/>; rel="next"', '<//x>; rel=next', '<:>; rel="next"'].map(bytesOf), // prettier-ignore
    run: ({ text }) =>
      ask({
        link: text()
          .replaceAll(/[^\x20-\x7e]/g, '')
          .replaceAll('tree', ''),
      }),
  },
  words(
    'hub-words',
    [
      'src/audit/hub/read-repository-name.ts',
      'src/audit/hub/read-endpoint.ts',
      'src/audit/hub/read-token.ts',
      'src/audit/hub/safe-path.ts',
    ],
    [
      'org/name',
      'org/name@main',
      'https://huggingface.co',
      'http://127.0.0.1:80/x',
      'hf_abc',
      'onnx/model.onnx',
      '../x',
      'CON',
      'a/./b',
      'a.',
    ],
    (text) => {
      // prettier-ignore
      if (isSafePath(text)) hold(!outside(text) && text !== '', 'a path that leads out')
      collision([text, text.toUpperCase()])
      const faults = [readRepositoryName, readEndpoint, readToken].flatMap((read) => refusalOf(() => read(text)))
      if (faults.length === 3) throw faults[0]
    },
  ),
  words(
    'queue-address',
    ['src/audit/definitions/read-queue-address.ts'],
    ['redis://h', 'rediss://ada:p%40ss@[::1]:7000/3', 'redis://:s@h:1/0', 'redis://h/x', 'redis://h?a#b'],
    (text) => {
      const { host, port, db, shown } = readQueueAddress(text)
      hold(host !== '' && port <= 65_535 && Number.isSafeInteger(db), 'an address that nobody can be at')
      hold(!shown.includes('@'), 'a user or password in what is shown')
    },
  ),
  {
    name: 'queued-shard',
    family: 'short texts',
    reads: ['src/audit/queue/queued-shard.ts'],
    seeds: () => jsonSeeds([queuedShards(2)[1], tenRows, { kind: 'embedding', done: 1, failed: 0 }], 120),
    run: ({ text }) => {
      const data = parsed(text()) // BullMQ reads the JSON
      const read = [readQueuedShard(data), readShardResult(data), readShardProgress(data)]
      hold(read.filter((each) => each !== null).length <= 1, 'one message that is two')
      if (read.every((each) => each === null)) throw new DefinitionError('queue.format', NO_MESSAGE)
    },
  },
  words(
    'flags-group',
    ['src/audit/definitions/group-flag.ts'],
    ['race=Black', 'race=Black,gender=Male', 'race=a,b', '=', 'a=1,a=2'],
    (text) => {
      // prettier-ignore
      const group = readGroupFlags([text])
      hold(
        group.every(([attribute, value]) => attribute !== '' && value !== ''),
        'a pair without a name or a value',
      )
    },
  ),
  words(
    'flags-labels',
    [
      'src/audit/definitions/label-flags.ts',
      'src/audit/definitions/read-dtypes.ts',
      'src/audit/definitions/delimiter.ts',
    ],
    ['crime=denigration', 'a thief=crime', 'man:gender=Male', 'man=text', 'vision=fp16,text=q8', 'q8', 'tab', ';'],
    (text) => {
      // prettier-ignore
      const faults: Fault[] = []
      readOutcomeFlag(text, faults)
      readLabelFlag('--label', text, faults)
      readImpliesFlag(text, faults)
      readSetTextFlag(text, faults)
      delimiterOf(text)
      readDtypes(text)
    },
  ),
  words(
    'flags-shard',
    ['src/audit/definitions/read-shard.ts'],
    ['2/4', 'auto', 'auto/8', '0/4', '5/4', '1/1000000', '007/8'],
    (text) => {
      for (const environment of [{}, { SLURM_ARRAY_TASK_ID: text }, { JOB_COMPLETION_INDEX: text }]) {
        const { number, of } = readShard(text, environment)
        hold(number >= 1 && number <= of, 'a shard that is not one of them')
      }
    },
  ),
  words(
    'flags-plan',
    ['src/audit/definitions/plan-flags.ts', 'src/audit/definitions/reading-flags.ts'],
    [
      'race=race',
      'race=Black',
      'race!=Black',
      'age',
      'rest',
      'best',
      'race=Black,age=3-9',
      '0.05',
      '1e3',
      '-1',
      'x,y,w,h',
      'columns',
    ],
    (text) => {
      // prettier-ignore
      const one = [text]
      settingsFromFlags(
        {
          map: one,
          where: one,
          groupBy: one,
          box: text,
          delimiter: text,
          encoding: text,
          reference: text,
          minimum: text,
          alpha: text,
          dtype: text,
        } as unknown as Parameters<typeof settingsFromFlags>[0],
        { path: '/', shown: '' },
      ) // prettier-ignore -- more flags than there are do no harm
    },
  ),
  words(
    'python-dict',
    ['src/audit/dataset/formats/python-dict.ts'],
    [`{'x': 10, 'y': 20.5, 'd': {}, 'n': None}`, `{"a": 'b'}`, '{}', `{'x': 1e999}`, `{'x' : -1,}`],
    (text) => {
      // prettier-ignore
      readPythonDict(text)
    },
  ),
  words(
    'cells',
    [
      'src/audit/dataset/csv-out.ts',
      'src/audit/dataset/image-name.ts',
      'src/audit/dataset/formats/votes.ts',
      'src/audit/definitions/calendar-day.ts',
    ],
    ['=1+1', "'=1", '2027-02-30', '2027-11-27', '{file}.jpg', 'file', '1.0', '3'],
    (text) => {
      // prettier-ignore
      hold(unmarked(cellOf(safeCsvCell(text))) === text || /^'/.test(text), 'a cell that is read as another')
      fillImageName(imageNameOf(text, ['file', 'id']), text)
      mostVoted([['a', text], ['b', '1']]) // prettier-ignore
      meanPlace([text, '1'])
      isCalendarDay(text)
    },
  ),
]

/** A cell as a reader of CSV takes it out of its quotes. */
function cellOf(written: string): string {
  return written.startsWith('"') ? written.slice(1, -1).replaceAll('""', '"') : written
}

function refusalOf(read: () => unknown): Error[] {
  try {
    read()
    return []
  } catch (error) {
    if (error instanceof Error && 'faults' in error) return [error]
    throw error
  }
}
