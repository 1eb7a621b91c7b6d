import type { Command } from 'commander'
import { addShowImages } from './show-images.js'

/** `probity show`: one probe, label set, policy, template family or grid, resolved; and `probity show images`. */
export function addShow(program: Command): void {
  const show = program
    .command('show')
    .summary('show one probe, label set, policy, template family or grid, with extends resolved')
    .argument('<id|file>', 'a shipped id or a YAML file')
    .option('--json', 'the resolved definition as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  probity show clip-paper-child\n  probity show denigration --json\n  probity show images run/audit.json --group race=Black --outcome non-human',
    )
    .action(async (idOrFile: string, flags: { json?: boolean }) => {
      const { findDefinition } = await import('../find-definition.js')
      const { describeDefinition } = await import('../describe-definition.js')
      const found = findDefinition(idOrFile)
      process.stdout.write(flags.json ? `${JSON.stringify(found, null, 2)}\n` : describeDefinition(found))
    })
  addShowImages(show)
}
