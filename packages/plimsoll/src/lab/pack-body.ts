export { packBody } from '../instruments/http/pack-body.ts'
