import type { Command } from 'commander'

/** `probity show`: one probe, label set, policy, template family or grid, resolved. */
export function addShow(program: Command): void {
  program
    .command('show')
    .summary('show one probe, label set, policy, template family or grid, with extends resolved')
    .argument('<id|file>', 'a shipped id or a YAML file')
    .option('--json', 'the resolved definition as JSON')
    .addHelpText('after', '\nExamples:\n  probity show clip-paper-child\n  probity show denigration --json')
    .action(async (idOrFile: string, flags: { json?: boolean }) => {
      const { findDefinition } = await import('../find-definition.js')
      const { describeDefinition } = await import('../describe-definition.js')
      const found = findDefinition(idOrFile)
      process.stdout.write(flags.json ? `${JSON.stringify(found, null, 2)}\n` : describeDefinition(found))
    })
}
