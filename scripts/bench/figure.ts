// One measured figure, and the table of them.
export interface Figure {
  name: string
  value: number
  unit: string
}

export function median(values: number[]) {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}

export function table(figures: Figure[]) {
  const width = Math.max(...figures.map(({ name }) => name.length))
  return figures.map(({ name, value, unit }) => `${name.padEnd(width)}  ${format(value).padStart(10)}  ${unit}`).join('\n')
}

function format(value: number) {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(2)
}
