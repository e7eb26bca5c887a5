CREATE TABLE tenants (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  company text NOT NULL,
  email text NOT NULL UNIQUE
);

CREATE TABLE api_keys (
  key text PRIMARY KEY,
  tenant_id integer NOT NULL REFERENCES tenants
);

CREATE TABLE contracts (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant_id integer NOT NULL REFERENCES tenants,
  party text NOT NULL,
  terms text NOT NULL
);
