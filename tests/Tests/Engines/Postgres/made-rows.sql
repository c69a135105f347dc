-- A hub of 400 schools with 20,000 resources and what belongs to them; ids are numbers, so that tests can name them.
CREATE FUNCTION made_id(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT ('01990000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$;

INSERT INTO "Schools" ("Id", "Name", "City", "Stages", "Editions", "MayApproveOwn", "CreatedAt")
SELECT made_id(n), '学校 ' || lpad(n::text, 4, '0'), '城市 ' || n % 40, '{primary}', '{}', false, '2026-01-01Z' FROM generate_series(1, 400) n;

INSERT INTO "Partnerships" ("Id", "Kind", "Name", "From", "Subjects", "Stages", "AcceptedAt", "IsEndNoted", "CreatedAt")
SELECT made_id(10000 + n), 0, '结对 ' || n, '2020-09-01', '{}', '{}', '2026-01-01Z', false, '2026-01-01Z' FROM generate_series(1, 400) n;
INSERT INTO "PartnershipMembers" ("PartnershipId", "SchoolId", "Leads", "AcceptedAt")
SELECT made_id(10000 + n), made_id((n + k * 7) % 400 + 1), false, '2026-01-01Z' FROM generate_series(1, 400) n, generate_series(0, 2) k;

INSERT INTO "People" ("Id", "DisplayName", "SchoolId", "Role", "SessionStamp", "CreatedAt")
SELECT made_id(20000 + n), '人员 ' || n, made_id(n % 400 + 1), CASE WHEN n <= 400 THEN 1 ELSE 0 END, made_id(n), '2026-01-01Z' FROM generate_series(1, 8000) n;
INSERT INTO "PersonPlace" ("Id", "PersonId", "SchoolId", "Role", "From")
SELECT made_id(40000 + n), made_id(20000 + n), made_id(n % 400 + 1), 0, '2026-01-01Z' FROM generate_series(1, 8000) n;
INSERT INTO "Invitations" ("Id", "Kind", "SchoolId", "Role", "DisplayName", "SecretHash", "CreatedBy", "CreatedAt", "ExpiresAt")
SELECT made_id(60000 + n), 0, made_id(n % 400 + 1), 0, '人员 ' || n, sha256(n::text::bytea), made_id(20001), '2026-01-01Z', '2026-02-01Z' FROM generate_series(1, 4000) n;
INSERT INTO "ApiKeys" ("Id", "Name", "Role", "SchoolId", "Scopes", "SecretHash", "CreatedAt", "LastUsedAt")
SELECT made_id(70000 + n), '门户 ' || n, n % 2, made_id(n % 400 + 1), '{read,write,admin}', sha256(('secret ' || n)::bytea), '2026-01-01Z', 'infinity' FROM generate_series(1, 4000) n;

-- 0 draft, 1 in review, 3 withdrawn, else published; as wide as the number says.
INSERT INTO "Resources" ("Id", "SchoolId", "CreatedBy", "Title", "Kind", "Stage", "Grades", "Subject", "Chapter", "Language", "Licence", "Keywords", "Contributors", "State", "Visibility", "Version", "Revision", "BasedOnId", "BasedOnVersion", "OpenUntil", "Downloads", "CreatedAt", "UpdatedAt", "PublishedAt")
SELECT made_id(100000 + n), made_id(n % 400 + 1), made_id(20000 + n % 8000 + 1), '资源 ' || n, 'slides', (ARRAY['primary','junior','senior'])[n % 3 + 1], '{g5}', (ARRAY['mathematics','chinese','english','physics','chemistry','biology','history'])[n % 7 + 1], '第' || n % 50 || '章',
    'zh-CN', 'cc-by', '{}', '[]', CASE n % 10 WHEN 0 THEN 0 WHEN 1 THEN 1 WHEN 3 THEN 3 ELSE 2 END, n / 3 % 5, 3, 3, CASE WHEN n % 20 = 4 THEN made_id(100000 + n % 100 + 1) END, CASE WHEN n % 20 = 4 THEN 1 END, CASE WHEN n % 25 = 0 THEN '2099-01-01Z'::timestamptz END, 0,
    '2026-01-01Z', '2026-01-01Z'::timestamptz + n * interval '1 minute', '2026-01-02Z' FROM generate_series(1, 20000) n;
INSERT INTO "ResourceShares" ("ResourceId", "PartnershipId", "SharedAt")
SELECT made_id(100000 + n), made_id(10000 + n % 400 + 1), '2026-01-01Z'::timestamptz + n * interval '1 second' FROM generate_series(1, 20000) n WHERE n / 3 % 5 = 2;
INSERT INTO "Files" ("Id", "ResourceId", "Name", "MediaType", "Size", "Sha256", "AddedIn", "AddedAt")
SELECT made_id(200000 + n), made_id(100000 + n), '课件.pptx', 'application/pdf', 1000, encode(sha256(n::text::bytea), 'hex'), 1, '2026-01-01Z' FROM generate_series(1, 20000) n;
INSERT INTO "Extractions" ("FileId", "State", "Authors", "HasMacros", "Chapters", "Suggestions", "Warnings", "SectionCount", "TextLength", "UpdatedAt")
SELECT made_id(200000 + n), 2, '{}', false, '[]', '[]', '{}', 3, 300, '2026-01-01Z' FROM generate_series(1, 20000) n;
INSERT INTO "Sections" ("FileId", "Ordinal", "Kind", "Hidden", "Slide", "Text")
SELECT made_id(200000 + n), k, 'slide', k = 1, k + 1, '异分母分数化成同分母分数' FROM generate_series(1, 20000) n, generate_series(0, 2) k;
INSERT INTO "ResourceVersions" ("ResourceId", "Number", "At", "By", "What", "Metadata")
SELECT made_id(100000 + n), k, '2026-01-01Z', made_id(20001), 'metadata', '{}' FROM generate_series(1, 20000) n, generate_series(1, 3) k;
INSERT INTO "Reviews" ("Id", "ResourceId", "SchoolId", "Version", "SubmittedBy", "SubmittedAt", "Visibility", "Partnerships", "DecidedBy", "DecidedAt", "IsApproved", "Reasons")
SELECT made_id(300000 + n), made_id(100000 + n), made_id(n % 400 + 1), 1, made_id(20001), '2026-01-01Z', 4, '{}', CASE WHEN n % 10 <> 1 THEN made_id(20001) END, CASE WHEN n % 10 <> 1 THEN '2026-01-02Z'::timestamptz END, CASE WHEN n % 10 <> 1 THEN true END, '{}' FROM generate_series(1, 20000) n;
INSERT INTO "Consents" ("Id", "ResourceId", "Holder", "Scope", "RecordedBy", "RecordedAt")
SELECT made_id(400000 + n), made_id(100000 + n), '德育处', 4, made_id(20001), '2026-01-01Z' FROM generate_series(1, 20000) n;

INSERT INTO "Changes" ("Kind", "ResourceId", "SchoolId", "At") SELECT 1, made_id(100000 + n), made_id(n % 400 + 1), '2026-01-01Z' FROM generate_series(1, 20000) n;
INSERT INTO "Changes" ("Kind", "ResourceId", "PartnershipId", "SchoolId", "At") SELECT 2, made_id(100000 + n), made_id(10000 + n % 400 + 1), made_id(n % 400 + 1), '2026-01-01Z' FROM generate_series(1, 10000) n;
INSERT INTO "ChangeReaders" ("ResourceId", "Token", "Seq", "At") SELECT made_id(100000 + n), 'partners:' || replace(made_id(10000 + n % 400 + 1)::text, '-', ''), n, '2026-01-01Z' FROM generate_series(1, 10000) n;
INSERT INTO "AuditEvents" ("Seq", "At", "ActorId", "ActorSchoolId", "Action", "ObjectId", "SchoolId", "Result", "Hash")
SELECT n, '2026-01-01Z'::timestamptz + n * interval '1 second', made_id(20000 + n % 8000 + 1), made_id(n % 400 + 1), (ARRAY['downloaded','signed-in','published'])[n % 3 + 1], made_id(100000 + n % 20000), made_id(n / 7 % 400 + 1), 0, sha256(n::text::bytea) FROM generate_series(1, 50000) n;
UPDATE "AuditHeads" SET "Seq" = 50000;
INSERT INTO "Jobs" ("Kind", "Subject", "State", "Priority", "Attempts", "MaxAttempts", "RunAfter", "Again", "CreatedAt")
SELECT 'extract', made_id(500000 + n), CASE WHEN n % 100 = 0 THEN 2 ELSE 0 END, n % 2 * 10, 0, 3, '2999-01-01Z', false, '2026-01-01Z' FROM generate_series(1, 20000) n;
INSERT INTO "Uploads" ("Id", "OwnerId", "Name", "Length", "CreatedAt", "ExpiresAt") SELECT replace(made_id(n)::text, '-', ''), made_id(20000 + n % 8000 + 1), 'a', 1, '2026-01-01Z', '2999-01-01Z' FROM generate_series(1, 10000) n;
INSERT INTO "Receipts" ("CallerId", "Key", "InputHash", "Subject", "At") SELECT made_id(20000 + n % 8000 + 1), n::text, '\x00', made_id(n), '2026-01-01Z' FROM generate_series(1, 20000) n;
ANALYZE;
