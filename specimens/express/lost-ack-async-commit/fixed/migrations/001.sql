CREATE TABLE pledges (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  donor text NOT NULL,
  cents integer NOT NULL CHECK (cents > 0),
  pledged_at timestamptz NOT NULL DEFAULT now()
);
