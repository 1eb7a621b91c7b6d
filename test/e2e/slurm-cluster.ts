import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { randomBytes } from 'node:crypto'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'

export type SlurmCluster = {
  /** Runs a SLURM command; gives what it printed. Throws where it failed. */
  readonly slurm: (command: string, ...args: string[]) => string
  readonly stop: () => Promise<void>
}

/** Whether SLURM can be started here, by hand and without a service. On Debian: apt-get install -y --no-install-recommends slurm-wlm munge. */
export function isSlurmHere(): boolean {
  const programs = ['munged', 'slurmctld', 'slurmd', 'sbatch', 'scontrol', 'squeue']
  return (
    process.getuid?.() === 0 && programs.every((name) => spawnSync('sh', ['-c', `command -v ${name}`]).status === 0)
  )
}

/** Starts munged, slurmctld and slurmd in a folder of their own, on ports of their own, with two CPUs: two tasks run at once. */
export async function startSlurm(folder: string): Promise<SlurmCluster> {
  const [controller, node] = [await freePort(), await freePort()]
  for (const name of ['state', 'spool']) mkdirSync(join(folder, name))
  writeFileSync(join(folder, 'munge.key'), randomBytes(1024), { mode: 0o400 })
  writeFileSync(join(folder, 'plugstack.conf'), '')
  writeFileSync(join(folder, 'slurm.conf'), configuration(folder, controller, node))
  const env = { ...process.env, SLURM_CONF: join(folder, 'slurm.conf') }
  const daemons: ChildProcess[] = []
  const start = (program: string, ...args: string[]): void => {
    const log = openSync(join(folder, `${program}.out`), 'w')
    daemons.push(spawn(program, args, { env, stdio: ['ignore', log, log] }))
  }
  const slurm = (command: string, ...args: string[]): string => {
    const { status, stdout, stderr } = spawnSync(command, args, { env, encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
    return stdout
  }
  const stop = async (): Promise<void> => {
    for (const daemon of daemons.reverse()) {
      const ended = new Promise((resolve) => daemon.once('exit', resolve))
      if (daemon.exitCode === null && daemon.kill('SIGTERM')) await Promise.race([ended, setTimeout(10_000)])
    }
  }
  const at = (name: string): string => join(folder, name)
  start('munged', '--foreground', '--force', `--key-file=${at('munge.key')}`, `--socket=${at('munge.socket')}`, `--pid-file=${at('munged.pid')}`, `--log-file=${at('munged.log')}`, `--seed-file=${at('munged.seed')}`) // prettier-ignore
  start('slurmctld', '-D')
  start('slurmd', '-D')
  for (let look = 0; look < 120; look++) {
    await setTimeout(250)
    if (spawnSync('sinfo', ['--noheader', '--format=%t'], { env, encoding: 'utf8' }).stdout.trim() === 'idle')
      return { slurm, stop }
  }
  await stop()
  throw new Error(
    `SLURM did not start: ${readFileSync(at('slurmctld.out'), 'utf8')}${readFileSync(at('slurmd.out'), 'utf8')}`,
  )
}

function configuration(folder: string, controller: number, node: number): string {
  const host = hostname().split('.')[0]
  return `ClusterName=probity
SlurmctldHost=${host}(127.0.0.1)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=${folder}/munge.socket
SlurmctldPort=${controller}
SlurmdPort=${node}
StateSaveLocation=${folder}/state
SlurmdSpoolDir=${folder}/spool
SlurmctldPidFile=${folder}/slurmctld.pid
SlurmdPidFile=${folder}/slurmd.pid
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MailProg=/bin/true
PlugStackConfig=${folder}/plugstack.conf
NodeName=${host} NodeAddr=127.0.0.1 CPUs=2 State=UNKNOWN
PartitionName=main Nodes=${host} Default=YES MaxTime=INFINITE State=UP
`
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo // of a server that listens on a port
      server.close(() => resolve(port))
    })
  })
}
