/** What a program or a configuration file imports from `plimsoll`. */
export { type Config, defineConfig } from './model/config.ts'
export { RUN_VERSION, Run } from './model/run.ts'
