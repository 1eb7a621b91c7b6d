import { arch, homedir, platform, release } from 'node:os'
import { performance } from 'node:perf_hooks'
import type { Stopwatch, Tools } from '../audit/tools.js'
import { progressPrinter } from './progress.js'
import { version } from './version.js'

/** The clock, the version and the terminal, handed to the engine. */
export function commandLineTools(options: { threads?: number; batch?: number } = {}): Tools {
  return {
    version: version(),
    ...options,
    onProgress: progressPrinter(process.stderr, () => performance.now()),
    stopwatch,
    describeRun: (durations) => ({
      createdUtc: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
      durations,
      cacheHits: 0,
      commandLine: ['probity', ...process.argv.slice(2)].map(shownArgument).join(' '),
      host: { node: process.version, os: `${platform()} ${release()} ${arch()}` },
    }),
  }
}

/** An argument as one would type it again, with the home folder shortened. */
function shownArgument(argument: string): string {
  const short = argument.startsWith(homedir()) ? `~${argument.slice(homedir().length)}` : argument
  return /^[\w@%+=:,./~-]+$/.test(short) ? short : `'${short.replaceAll("'", `'\\''`)}'`
}

function stopwatch(): Stopwatch {
  const laps: (readonly [string, number])[] = []
  let last = performance.now()
  return {
    lap: (stage) => {
      const now = performance.now()
      laps.push([stage, Math.round(now - last) / 1000])
      last = now
    },
    laps: () => laps,
  }
}
