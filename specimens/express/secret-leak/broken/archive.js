export const archive = {
  bucket: 'ledger-archive',
  region: process.env.AWS_REGION ?? 'eu-north-1',
  accessKeyId: 'AKIA7KLFYYLBEG3RHDSV',
  secretAccessKey: process.env.AWS_SECRET_ACCESS_KEY,
}
