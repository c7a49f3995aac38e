// Makes an empty migration: npm run db:new -- <module> <name>
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [module, name] = process.argv.slice(2)
if (!module || !/^[a-z]+$/.test(module) || !name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('Say the module and the name: npm run db:new -- delivery add-freeze')
  process.exit(2)
}
const stamp = new Date().toISOString().slice(0, 16).replaceAll(/[-:]/g, '')
const file = join(import.meta.dirname, '../server/migrations', `${stamp}-${module}-${name}.sql`)
writeFileSync(file, '-- What this changes, and why.\n', { flag: 'wx' })
console.log(file)
