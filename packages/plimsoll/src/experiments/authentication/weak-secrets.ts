/** Secrets that stand in tutorials, and in the lists that anybody tries first. */
export const WEAK_SECRETS: readonly string[] =
  `secret secretkey secret-key secret_key mysecret my-secret my_secret mysecretkey my-secret-key my_secret_key
supersecret super-secret super_secret supersecretkey super-secret-key super_secret_key topsecret top-secret
verysecret very-secret verysecretkey jwtsecret jwt-secret jwt_secret jwtsecretkey jwt_secret_key jwtkey jwt-key
jwt JWT_SECRET SECRET SECRET_KEY shhhhh shhhh shhh shh changeme change-me change_me changeit change-this
changethis change_this_secret password passw0rd password1 password123 Password1 Passw0rd admin admin123 root
toor test test123 testing testsecret test-secret dev development devsecret dev-secret local default example
123 1234 12345 123456 1234567 12345678 123456789 1234567890 qwerty qwerty123 abc abc123 abcd1234 letmein
key keyboardcat private privatekey private-key token tokensecret token-secret access accesstoken app appsecret
app-secret app_secret random randomstring random-string hello hello123 world helloworld hello-world foo bar
foobar foo-bar s3cr3t s3cret secret1 secret12 secret123 secret1234 notsosecret not-so-secret your-secret
your_secret yoursecret your-secret-key your_secret_key your-256-bit-secret your_jwt_secret your-jwt-secret
your_jwt_secret_key YOUR_SECRET hmackey hmac-key HS256 none null undefined true false a x xxx aaa aaaaaa`
    .split(/\s+/)
    .concat(['keyboard cat', 'my secret', 'super secret', 'this is a secret', 'this is secret', ''])
