// Preloaded into a measured process (node --import): writes what the process took when it exits.
import { readFileSync, writeFileSync } from 'node:fs'
import { isMainThread } from 'node:worker_threads'

const report = process.env.PROBITY_USAGE_REPORT

// Worker threads preload this as well; the usage of the process already holds theirs.
if (isMainThread && report !== undefined) process.on('exit', () => writeFileSync(report, JSON.stringify(usage())))

function usage() {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const peakKibibytes = peakOfThisProgram() ?? maxRSS
  return { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMegabytes: (peakKibibytes * 1024) / 1e6 }
}

/** On Linux `maxRSS` starts at the size of the parent that forked; `VmHWM` counts from the program's own start. */
function peakOfThisProgram() {
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))
    return match === null ? null : Number(match[1])
  } catch {
    return null // not Linux
  }
}
