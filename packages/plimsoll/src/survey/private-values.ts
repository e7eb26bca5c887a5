import { posix } from 'node:path'
import type { System } from '../model/system.ts'

/** Values of these files belong to one machine or one team; the names may be told, the values may not. */
export const isPrivate = (file: string) =>
  /^\.env(\.local|\.[\w-]+\.local|\.production|\.prod)?$/.test(posix.basename(file))

/** The System as it may enter an artifact: values that a private env file gives are left out. */
export const withoutPrivateValues = (system: System): System => ({
  ...system,
  services: system.services.map((service) => ({
    ...service,
    env: service.env.map((read) =>
      read.exampleFrom !== undefined && isPrivate(read.exampleFrom) && read.example !== null
        ? { ...read, example: `(set in ${read.exampleFrom})` }
        : read,
    ),
  })),
})
