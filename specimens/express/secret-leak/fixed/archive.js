export const archive = {
  bucket: 'ledger-archive',
  region: process.env.AWS_REGION ?? 'eu-north-1',
  accessKeyId: process.env.AWS_ACCESS_KEY_ID,
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
}
