import { lean, type Phrases } from './lean.ts'

/** Holes by their names, and the trades of finding them. */
const HOLES = `vulnerability, vulnerable, vuln, penetration test, pentest, pentester, pen test, red team, bug bounty,
  sql injection, sqli, nosql injection, command injection, code injection, template injection, header injection,
  log injection, csv injection, formula injection, crlf injection, ldap injection, injectable, inject, injection,
  xss, cross site scripting, csrf, xsrf, cross site request forgery, ssrf, idor, bola, bfla, xxe, path traversal,
  directory traversal, zip slip, zip bomb, billion laughs, prototype pollution, remote code execution, rce, cve, cwe,
  owasp, exploit, exploitable, open redirect, clickjacking, session fixation, session hijacking, privilege escalation,
  escalate, mass assignment, brute force, brute forcing, credential stuffing, password spraying, dictionary attack,
  timing attack, side channel, replay attack, tabnabbing, request smuggling, cache poisoning, dns rebinding,
  subdomain takeover, account takeover, take over the account, taken over, denial of service, dos, redos, regex dos,
  catastrophic backtracking, decompression bomb, insecure deserialization, deserialization, unsafe yaml, sandbox escape,
  container escape, type confusion, algorithm confusion, alg none, padding oracle, man in the middle, mitm, eavesdrop,
  broken access control, broken object level authorization, broken authentication, insecure direct object,
  hard coded secret, hardcoded secret, hardcoded password, hard coded password, hard coded credential, hardcoded credential,
  default password, default credential, weak password, weak hash, weak cipher, user enumeration, enumerate users,
  enumeration, enumerable, dependency confusion, typosquatting, supply chain, backdoor, malware, ransomware, phishing,
  spoof, forge, tamper, impersonate, hijack, clickjack, webshell, web shell, lateral movement, data breach, breach,
  insecure, compromised, attacker, attack, hacker, adversary, malicious, evil, crafted, untrusted, poisoned,
  dangerouslysetinnerhtml, innerhtml, bypasssecuritytrusthtml, v html, eval, evaluates javascript, javascript link, host header poisoning, header poisoning, poisoning, unescaped, unsanitized, unsanitised, unsafe`

/** Work that is asked for by its name. */
const WORK = `threat model, threat modelling, threat modeling, stride, attack tree, attack surface, trust boundary,
  security audit, security review, security test, security issue, security bug, security hole, security vulnerability,
  security fix, security patch, security posture, security check, security assessment, security scan, security concern,
  risk assessment, abuse case, misuse, harden, hardening, sanitize, sanitise, sanitization, escape user input, escape html,
  lock it down, lock that down, lock this down, lock down, close the hole, close this hole, this hole, plug the hole,
  proof of concept, poc, burp, nuclei,
  sqlmap, nikto, gitleaks, trufflehog, sbom, dependency audit, known vulnerabilities, secret scanning, sast, dast, spring4shell, log4shell, log4j, heartbleed, security advisory, advisory, ghsa,
  least privilege, zero trust, defense in depth, defence in depth, separation of duties, rotate the keys, key rotation,
  rotate the secret, rotate secrets, revoke sessions, access review, asvs, compromise, responsible disclosure`

/** What is protected, and with what. */
const MEANS = `content security policy, csp, hsts, security header, security headers, helmet, same origin, samesite,
  httponly, secure flag, cookie flags, subresource integrity, referrer policy, frame ancestors, x frame options, mtls,
  jwt secret, signing key, signing secret, private key, api key leak, leaked secret, leaked key, leaked token, stolen,
  stolen token, stolen cookie, steal, hashing at rest, encrypted at rest, encryption at rest, end to end encrypted,
  end to end encryption, encrypt, encryption, decrypt, cipher, aes, rsa, entropy, nonce, iv, salt, salted, pepper,
  argon2, constant time, timing safe, md5, sha1, offline cracking, crack, guessable, predictable, guess the, guessing,
  plain text password, password in plain text, in plain text, in clear text, cleartext, plaintext,
  sensitive data, personal data, pii, gdpr, hipaa, soc2, pci, privacy, data leak, information disclosure, stack trace leak,
  token leak, credentials leak, leak credentials, leaks credentials, leak which, leak emails, leak tokens, leak secrets,
  git history, committed secret, secret in the repo, secrets in the repo, without authentication, unauthenticated,
  without logging in, without login, reachable without, go wrong, withstand, password list, run privileged, privileged container, host's root, host root, on behalf of somebody, on behalf of someone, alert box, never leave the, never leaves the, never reach the client, do we escape, escape what, from the outside, reached from, calling the api directly, read only rights, privileged user, low privilege, another's, other's browser, pretend, accepts html, without being logged in, without a password, without a token, without permission, unauthorized access,
  unauthorised access, unprotected, bypass, circumvent, get around, get past, anonymous access, wide open, open to the internet,
  exposed to the internet, publicly reachable, granting himself, grant himself, granting themselves, grant themselves,
  permission check, miss permission, missing authorization, missing authorisation, ownership check, check ownership,
  tenant isolation, cross tenant, signature verification, account lockout, lockout, password rules, password policy, bcrypt rounds, docker socket, single use, reset poisoning, superuser password, admin password, first password, h2 console, debug mode, debugger in production, directory listing, stack traces, allowlist, denylist, whitelist, blacklist`

/** How those speak who look for holes, and what they look at. */
const HABITS = `req.body, user input, user controlled, client controlled, attacker controlled, trust the client, trusts the client, from the client, cvss, findings, triage, tracking pixel,
  fingerprinting, state parameter, missing state, pkce, jwks, rs256, hs256, public key, key material, kms, chmod 777, setuid, drop capabilities, seccomp, apparmor, rootless, read only root filesystem,
  without knowing, log in as admin, log in as another, become admin, becomes admin, as any user, on behalf of another, fiddling, fiddle, meddle, cheat, trick, smuggle, sneak, exfiltrate, siphon, dump all, dump the users,
  mozilla observatory, observatory, ssl labs, session never expires, tokens never expire, token never expires, still works after, valid after logout, works after logout, survive a password change, stack trace to the client, verbose error, version banner, server banner, file type check, magic bytes, polyglot, svg onload, onload, onerror, script tag, script tags, run script, run scripts, run code,
  execute code, arbitrary code, arbitrary file, internal address, metadata service, 169.254.169.254, /etc/passwd, origin check, referer check, host header, x forwarded for, spoofed, self signed token,
  weak secret, default secret, default credentials, changeit, changeme, changethis, admin admin, confidential, wrong hands, prove that, show that it can, is it possible to get`

export const SECURITY: Phrases = [
  ...lean({ security: 4 }, HABITS),
  ...lean({ security: 5 }, HOLES),
  ...lean({ security: 5 }, WORK),
  ...lean({ security: 4 }, MEANS),
  ...lean(
    { security: 3 },
    `security, secure, cors, tls, compliance, audit, exposed, exposure, expose too much, disclose, abuse,
     risk, severity, verify nobody, protect against, protection, penetration, run as root, running as root,
     root user, privileged, credential, wildcard origin, iframe sandbox, honeypot, totp bypass,
     protect from, mitigate, mitigation, threat, outsider, stranger, supposed to find, supposed to see, not supposed to, hidden pages, npm audit, pip audit, cargo audit, osv, snyk, trivy, semgrep, bandit, codeql, zap, not mine, third parties, third party, affected by, privileges, admin rights`,
  ),
  ...lean(
    { security: 1.5 },
    'javascript, leak, somebody, someone, anybody, anyone, permission, password, cookie, unsigned, signature',
  ),
  ...lean(
    { security: 2 },
    'in the bundle, sensitive, committed, as another user, wildcard, expired token, safe, trust, secret, reversible, from outside, as html, anonymous, sandbox, after it expired',
  ),
  ...lean(
    { security: 3 },
    'in the git history, git history, hacked, hack, hacking, hacker, pwned, risk, risky, dangerous, danger, worst that could, do to us, run code, contain a script, carry a script, scripts, leaked, third party site, public internet, on the internet, confidentiality, attackable, exfil, snoop, eavesdropping, sniff, cracked, brute, wordlist, foreign server, not supposed to, not allowed to, should not be able, must not be able, get hold of, got hold of, gets hold of, worst case',
  ),
  ...lean({ security: 1.5 }, ' iframe, embed, writable, exposed port, track'),
  ...lean(
    { security: 4 },
    `botnet, trying passwords, tries passwords, password guessing, string concatenation, concatenated,
     concatenating, raw html, trusted types, output encoding, nosniff, mime sniffing, permissions policy,
     session hijack, token theft, token reuse, replay, forged, access control, authorization check,
     authorisation check, role check, impersonation, ddos, flooding, intrusion, forensic, cves, patch level,
     cis benchmark, exposed secrets, leaked credentials, api key in, key in the repo, attack vector, threats,
     remediate, remediation, bounty, researcher, weakness, weaknesses, loophole, data exposure, excessive data,
     overly permissive, too permissive, escalation, none algorithm, crackable, leaked passwords, csrf token,
     double submit, clear text, plain text, unhashed, unsalted, tampering, fuzz, fuzzing, deface, vandalise,
     disprove, refute, subresource, cve scan, data protection, broke in, break into,
     get in without, sneak in, exposed debug, account sharing, session theft, steals, abused, misused`,
  ),
  ...lean(
    { security: 2.5 },
    `privilege, too much access, too broad, too many rights, access rights, who has access, permissive, waf, spam,
     bot, bots, scraper, weak, hole, holes, sniffing, escape, escaping, escaped, unauthorised, unauthorized,
     disclosure, third party scripts, exposed ports, open port, verify signature, webhook signature,
     signature check, integrity check, hmac check, pseudonymise, data minimisation, right to be forgotten,
     tracker, expose, privileges, private data, private, guest`,
  ),
  ...lean({ security: 3.5 }, 'strangers, bypasses'),
  ...lean({ security: 1.5 }, 'captcha, recaptcha'),
  ...lean({ security: 3 }, 'to the world, world readable, foreign page'),
  ...lean(
    { security: 2 },
    'reachable, rights, superuser, known bad, bad packages, themselves, dependency tree',
  ),
  ...lean({ security: 3.5 }, 'higher rights, more rights'),
  ...lean(
    { security: 3.5 },
    'thief, thieves, intercepted, intercept, unencrypted, burglar, criminal, insider, fraud, fraudster',
  ),
]
