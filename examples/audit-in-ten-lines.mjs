import { audit, renderTerminalSummary } from 'probity'

const run = await audit({
  models: ['clip-vit-b32'],
  dataset: { format: 'fairface', crop: '0.25', images: 'fairface', labels: 'fairface/labels.csv' },
  labelSets: ['clip-paper', 'clip-paper-child'],
})
console.log(renderTerminalSummary(run.audit))
await run.write('run')
