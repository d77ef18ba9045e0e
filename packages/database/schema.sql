column auth.account id uuid not null
column auth.account accountId text not null
column auth.account providerId text not null
column auth.account userId uuid not null
column auth.account accessToken text
column auth.account refreshToken text
column auth.account idToken text
column auth.account accessTokenExpiresAt timestamp with time zone
column auth.account refreshTokenExpiresAt timestamp with time zone
column auth.account scope text
column auth.account password text
column auth.account createdAt timestamp with time zone not null
column auth.account updatedAt timestamp with time zone not null
column auth.session id uuid not null
column auth.session token text not null
column auth.session userId uuid not null
column auth.session expiresAt timestamp with time zone not null
column auth.session ipAddress text
column auth.session userAgent text
column auth.session createdAt timestamp with time zone not null
column auth.session updatedAt timestamp with time zone not null
column auth.twoFactor id uuid not null
column auth.twoFactor secret text not null
column auth.twoFactor backupCodes text not null
column auth.twoFactor userId uuid not null
column auth.twoFactor verified boolean not null default true
column auth.twoFactor failedVerificationCount integer not null default 0
column auth.twoFactor lockedUntil timestamp with time zone
column auth.user id uuid not null
column auth.user name text not null
column auth.user email text not null
column auth.user emailVerified boolean not null default false
column auth.user image text
column auth.user locale text
column auth.user twoFactorEnabled boolean not null default false
column auth.user createdAt timestamp with time zone not null
column auth.user updatedAt timestamp with time zone not null
column auth.verification id uuid not null
column auth.verification identifier text not null
column auth.verification value text not null
column auth.verification expiresAt timestamp with time zone not null
column auth.verification createdAt timestamp with time zone not null
column auth.verification updatedAt timestamp with time zone not null
column installation.identity only_one boolean not null default true
column installation.identity id uuid not null
column installation.identity epoch bigint not null
column installation.identity keys_mark text not null
column installation.identity server text not null
column installation.place place text not null
column installation.place beat bigint not null
column installation.place seen_at timestamp with time zone not null default now()
column public.activity organisation_id uuid not null
column public.activity id uuid not null
column public.activity conversation_id uuid not null
column public.activity kind text not null
column public.activity member_id uuid
column public.activity detail jsonb not null default '{}'::jsonb
column public.activity created_at timestamp with time zone not null
column public.address organisation_id uuid not null
column public.address id uuid not null
column public.address contact_id uuid not null
column public.address channel text not null
column public.address kind text not null
column public.address value text not null
column public.address current boolean not null default true
column public.address identity_hash text
column public.address created_at timestamp with time zone not null
column public.agency_client organisation_id uuid not null
column public.agency_client client_organisation_id uuid not null
column public.agency_client created_at timestamp with time zone not null
column public.api_token organisation_id uuid not null
column public.api_token id uuid not null
column public.api_token name text not null
column public.api_token token_hash bytea not null
column public.api_token scopes text[] not null
column public.api_token created_by uuid
column public.api_token created_at timestamp with time zone not null
column public.api_token last_used_at timestamp with time zone
column public.api_token expires_at timestamp with time zone
column public.api_token revoked_at timestamp with time zone
column public.attempt organisation_id uuid not null
column public.attempt id uuid not null
column public.attempt delivery_id uuid not null
column public.attempt decision_id uuid not null
column public.attempt sender_id uuid not null
column public.attempt address_id uuid not null
column public.attempt contact_id uuid not null
column public.attempt fence bigint not null
column public.attempt business_initiated boolean not null
column public.attempt intent_at timestamp with time zone not null
column public.attempt outcome text
column public.attempt answered_at timestamp with time zone
column public.attempt provider_id text
column public.attempt failure jsonb
column public.attempt consent_class text
column public.campaign organisation_id uuid not null
column public.campaign id uuid not null
column public.campaign name text not null
column public.campaign sender_id uuid not null
column public.campaign kind text not null
column public.campaign template jsonb not null
column public.campaign audience jsonb not null
column public.campaign state text not null
column public.campaign brake text
column public.campaign brake_detail text
column public.campaign waits_until timestamp with time zone
column public.campaign waits_for text
column public.campaign canary_count integer not null
column public.campaign open_priority smallint not null default 9
column public.campaign starts_at timestamp with time zone
column public.campaign expires_at timestamp with time zone not null
column public.campaign frozen_to uuid
column public.campaign frozen_until uuid
column public.campaign is_frozen boolean not null default false
column public.campaign audience_count integer
column public.campaign approved_by uuid[] not null default '{}'::uuid[]
column public.campaign created_by uuid
column public.campaign created_at timestamp with time zone not null
column public.campaign started_at timestamp with time zone
column public.campaign resumed_at timestamp with time zone
column public.campaign ended_at timestamp with time zone
column public.campaign_exclusion organisation_id uuid not null
column public.campaign_exclusion campaign_id uuid not null
column public.campaign_exclusion contact_id uuid not null
column public.campaign_exclusion reason text not null
column public.claims_check organisation_id uuid not null
column public.claims_check id uuid not null
column public.claims_check source text not null
column public.claims_check text_sha256 bytea not null
column public.claims_check text text not null
column public.claims_check hits jsonb not null
column public.claims_check checked_by uuid
column public.claims_check at timestamp with time zone not null
column public.consent organisation_id uuid not null
column public.consent id uuid not null
column public.consent contact_id uuid not null
column public.consent purpose text not null
column public.consent channel text not null
column public.consent action text not null
column public.consent method text not null
column public.consent express boolean not null default true
column public.consent names_business boolean not null default true
column public.consent wording_version text
column public.consent evidence text
column public.consent source_message_id uuid
column public.consent at timestamp with time zone not null
column public.consent recorded_at timestamp with time zone not null
column public.consent topic text
column public.consent kind text not null default 'express'::text
column public.consent evidence_class text
column public.consent wording_id uuid
column public.consent landing_url text
column public.consent landing_version text
column public.consent names_channel boolean not null default false
column public.consent flaws text[] not null default '{}'::text[]
column public.consent soft jsonb
column public.consent receipt_id uuid
column public.consent import_id uuid
column public.consent by_member_id uuid
column public.consent_import organisation_id uuid not null
column public.consent_import id uuid not null
column public.consent_import file_name text not null
column public.consent_import file_sha256 bytea not null
column public.consent_import storage_key text
column public.consent_import mapping jsonb
column public.consent_import attested_by uuid
column public.consent_import attestation text
column public.consent_import state text not null
column public.consent_import total_count integer not null default 0
column public.consent_import row_count integer not null default 0
column public.consent_import accepted_count integer not null default 0
column public.consent_import quarantined_count integer not null default 0
column public.consent_import suppressed_count integer not null default 0
column public.consent_import failure text
column public.consent_import created_by uuid
column public.consent_import created_at timestamp with time zone not null
column public.consent_import finished_at timestamp with time zone
column public.consent_import_row organisation_id uuid not null
column public.consent_import_row import_id uuid not null
column public.consent_import_row line integer not null
column public.consent_import_row state text not null
column public.consent_import_row reasons text[] not null default '{}'::text[]
column public.consent_import_row fields jsonb not null
column public.consent_import_row contact_id uuid
column public.contact organisation_id uuid not null
column public.contact id uuid not null
column public.contact name text not null
column public.contact name_source text not null default 'profile'::text
column public.contact locale text
column public.contact region text
column public.contact merged_into uuid
column public.contact consent_epoch integer not null default 0
column public.contact created_at timestamp with time zone not null
column public.contact clarifying_since timestamp with time zone
column public.contact import_id uuid
column public.contact evidence_missing boolean not null default false
column public.contact birth_date date
column public.contact time_zone text
column public.contact erased_at timestamp with time zone
column public.conversation organisation_id uuid not null
column public.conversation id uuid not null
column public.conversation inbox_id uuid not null
column public.conversation contact_id uuid not null
column public.conversation sender_id uuid not null
column public.conversation address_id uuid not null
column public.conversation state text not null
column public.conversation assignee_id uuid
column public.conversation snoozed_until timestamp with time zone
column public.conversation waiting_since timestamp with time zone
column public.conversation last_message_at timestamp with time zone
column public.conversation last_message_id uuid
column public.conversation unread_count integer not null default 0
column public.conversation version integer not null default 1
column public.conversation opened_at timestamp with time zone not null
column public.conversation closed_at timestamp with time zone
column public.conversation_label organisation_id uuid not null
column public.conversation_label conversation_id uuid not null
column public.conversation_label label_id uuid not null
column public.decision organisation_id uuid not null
column public.decision id uuid not null
column public.decision stage text not null
column public.decision outcome text not null
column public.decision request jsonb not null
column public.decision request_digest bytea not null
column public.decision facts jsonb not null
column public.decision verdict jsonb not null
column public.decision book_version text not null
column public.decision consent_epoch integer not null
column public.decision at timestamp with time zone not null
column public.decision contact_id uuid
column public.decision sender_id uuid
column public.decision shadow jsonb
column public.delivery organisation_id uuid not null
column public.delivery id uuid not null
column public.delivery sender_id uuid not null
column public.delivery address_id uuid not null
column public.delivery contact_id uuid not null
column public.delivery message_id uuid
column public.delivery kind text not null
column public.delivery content jsonb not null
column public.delivery request jsonb not null
column public.delivery replies_to_provider_id text
column public.delivery priority smallint not null default 5
column public.delivery state text not null
column public.delivery not_before timestamp with time zone not null
column public.delivery expires_at timestamp with time zone not null
column public.delivery attempt_count integer not null default 0
column public.delivery decision_id uuid
column public.delivery provider_id text
column public.delivery failure jsonb
column public.delivery created_at timestamp with time zone not null
column public.delivery settled_at timestamp with time zone
column public.delivery campaign_id uuid
column public.delivery reached text
column public.demand organisation_id uuid not null
column public.demand id uuid not null
column public.demand from_name text not null
column public.demand received_at timestamp with time zone not null
column public.demand answer_due_at timestamp with time zone
column public.demand allegations jsonb not null default '[]'::jsonb
column public.demand sender_ids uuid[] not null default '{}'::uuid[]
column public.demand stopped text
column public.demand holds_evidence boolean not null default true
column public.demand steps jsonb not null default '{}'::jsonb
column public.demand created_by uuid
column public.demand created_at timestamp with time zone not null
column public.demand closed_at timestamp with time zone
column public.erasure organisation_id uuid not null
column public.erasure id uuid not null
column public.erasure contact_id uuid not null
column public.erasure requested_by text not null
column public.erasure member_id uuid
column public.erasure state text not null
column public.erasure removed jsonb
column public.erasure created_at timestamp with time zone not null
column public.erasure executed_at timestamp with time zone
column public.event organisation_id uuid not null
column public.event sequence bigint not null
column public.event type text not null
column public.event inbox_id uuid
column public.event subject jsonb not null
column public.event at timestamp with time zone not null
column public.event_sequence organisation_id uuid not null
column public.event_sequence last bigint not null default 0
column public.evidence_anchor organisation_id uuid not null
column public.evidence_anchor id uuid not null
column public.evidence_anchor size bigint not null
column public.evidence_anchor kind text not null
column public.evidence_anchor place text not null
column public.evidence_anchor proof bytea
column public.evidence_anchor at timestamp with time zone not null
column public.evidence_checkpoint organisation_id uuid not null
column public.evidence_checkpoint size bigint not null
column public.evidence_checkpoint root bytea not null
column public.evidence_checkpoint note text not null
column public.evidence_checkpoint at timestamp with time zone not null
column public.evidence_entry organisation_id uuid not null
column public.evidence_entry id uuid not null
column public.evidence_entry type text not null
column public.evidence_entry at timestamp with time zone not null
column public.evidence_entry subject text
column public.evidence_entry refs text[] not null default '{}'::text[]
column public.evidence_entry commitment bytea not null
column public.evidence_entry sealed_body bytea
column public.evidence_entry position bigint
column public.evidence_entry leaf text
column public.evidence_entry leaf_hash bytea
column public.evidence_log organisation_id uuid not null
column public.evidence_log origin text not null
column public.evidence_log size bigint not null default 0
column public.evidence_log latest_at timestamp with time zone
column public.evidence_log keys text[] not null default '{}'::text[]
column public.evidence_log signed_size bigint not null default 0
column public.evidence_log signed_at timestamp with time zone
column public.evidence_log refusal jsonb
column public.evidence_log mailed_size bigint not null default 0
column public.evidence_log mailed_at timestamp with time zone
column public.evidence_log mail_tried_at timestamp with time zone
column public.evidence_log mail_failure text
column public.evidence_log stamped_at timestamp with time zone
column public.evidence_log stamp_tried_at timestamp with time zone
column public.evidence_log stamp_failure text
column public.evidence_pack organisation_id uuid not null
column public.evidence_pack id uuid not null
column public.evidence_pack subject jsonb not null
column public.evidence_pack locale text not null
column public.evidence_pack since timestamp with time zone
column public.evidence_pack until timestamp with time zone
column public.evidence_pack state text not null
column public.evidence_pack step text
column public.evidence_pack done integer not null default 0
column public.evidence_pack total integer not null default 0
column public.evidence_pack made_at timestamp with time zone
column public.evidence_pack storage_key text
column public.evidence_pack size_bytes bigint
column public.evidence_pack sha256 bytea
column public.evidence_pack manifest_sha256 bytea
column public.evidence_pack failure text
column public.evidence_pack requested_by uuid
column public.evidence_pack demand_id uuid
column public.evidence_pack created_at timestamp with time zone not null
column public.evidence_pack finished_at timestamp with time zone
column public.evidence_subject organisation_id uuid not null
column public.evidence_subject handle text not null
column public.evidence_subject contact_id uuid
column public.evidence_subject sealed_key bytea
column public.evidence_subject head bytea
column public.evidence_subject created_at timestamp with time zone not null
column public.evidence_subject erased_at timestamp with time zone
column public.evidence_tile organisation_id uuid not null
column public.evidence_tile level smallint not null
column public.evidence_tile number bigint not null
column public.evidence_tile hashes bytea not null
column public.evidence_witness organisation_id uuid not null
column public.evidence_witness id uuid not null
column public.evidence_witness url text not null
column public.evidence_witness key text not null
column public.evidence_witness witnessed_size bigint not null default 0
column public.evidence_witness witnessed_at timestamp with time zone
column public.evidence_witness failure text
column public.evidence_witness created_by uuid
column public.evidence_witness created_at timestamp with time zone not null
column public.hand_over_hold organisation_id uuid not null
column public.hand_over_hold reason text not null
column public.hand_over_hold since timestamp with time zone not null
column public.hand_over_hold found_at text not null
column public.idempotency_key organisation_id uuid not null
column public.idempotency_key key text not null
column public.idempotency_key caller text not null
column public.idempotency_key request_digest bytea not null
column public.idempotency_key status integer
column public.idempotency_key body jsonb
column public.idempotency_key created_at timestamp with time zone not null
column public.inbound_element organisation_id uuid not null
column public.inbound_element sender_id uuid not null
column public.inbound_element element_key text not null
column public.inbound_element receipt_id uuid not null
column public.inbound_element at timestamp with time zone not null
column public.inbound_quarantine organisation_id uuid not null
column public.inbound_quarantine id uuid not null
column public.inbound_quarantine sender_id uuid not null
column public.inbound_quarantine receipt_id uuid not null
column public.inbound_quarantine path text not null
column public.inbound_quarantine reason text not null
column public.inbound_quarantine element jsonb
column public.inbound_quarantine at timestamp with time zone not null
column public.inbound_quarantine resolved_at timestamp with time zone
column public.inbound_receipt organisation_id uuid not null
column public.inbound_receipt id uuid not null
column public.inbound_receipt sender_id uuid not null
column public.inbound_receipt channel text not null
column public.inbound_receipt headers jsonb not null
column public.inbound_receipt body bytea not null
column public.inbound_receipt digest bytea not null
column public.inbound_receipt received_at timestamp with time zone not null
column public.inbound_receipt state text not null default 'waiting'::text
column public.inbound_receipt crash_count integer not null default 0
column public.inbound_receipt processed_at timestamp with time zone
column public.inbox organisation_id uuid not null
column public.inbox id uuid not null
column public.inbox name text not null
column public.inbox created_at timestamp with time zone not null
column public.inbox_team organisation_id uuid not null
column public.inbox_team inbox_id uuid not null
column public.inbox_team team_id uuid not null
column public.label organisation_id uuid not null
column public.label id uuid not null
column public.label name text not null
column public.label colour text not null
column public.lane organisation_id uuid not null
column public.lane sender_id uuid not null
column public.lane direction text not null
column public.lane fence bigint not null default 0
column public.lane holder text
column public.lane leased_until timestamp with time zone
column public.lane paused_until timestamp with time zone
column public.lane pause_reason text
column public.leg organisation_id uuid not null
column public.leg sender_id uuid not null
column public.leg address_id uuid not null
column public.leg last_inbound_at timestamp with time zone
column public.leg last_outbound_at timestamp with time zone
column public.leg marketing_stopped_at timestamp with time zone
column public.leg last_inbound_was_opt_out boolean not null default false
column public.media organisation_id uuid not null
column public.media id uuid not null
column public.media message_id uuid
column public.media sender_id uuid
column public.media kind text not null
column public.media mime_type text not null
column public.media size_bytes bigint
column public.media sha256 bytea
column public.media filename text
column public.media storage_key text
column public.media provider_media_id text
column public.media state text not null
column public.media reason text
column public.media attempts integer not null default 0
column public.media created_at timestamp with time zone not null
column public.member organisation_id uuid not null
column public.member id uuid not null
column public.member person_id uuid not null
column public.member role text not null
column public.member active boolean not null default true
column public.member created_at timestamp with time zone not null
column public.message organisation_id uuid not null
column public.message id uuid not null
column public.message conversation_id uuid not null
column public.message sender_id uuid not null
column public.message channel text not null
column public.message direction text not null
column public.message type text not null
column public.message content jsonb not null
column public.message text text
column public.message status text not null
column public.message status_times jsonb not null default '{}'::jsonb
column public.message provider_id text
column public.message client_id text
column public.message author_member_id uuid
column public.message author_name text
column public.message replies_to_provider_id text
column public.message delivery_id uuid
column public.message verdict jsonb
column public.message failure jsonb
column public.message origin jsonb
column public.message raw jsonb
column public.message sent_at timestamp with time zone
column public.message received_at timestamp with time zone
column public.message edited_at timestamp with time zone
column public.message deleted_at timestamp with time zone
column public.message created_at timestamp with time zone not null
column public.message search tsvector default to_tsvector('simple'::regconfig, COALESCE(text, ''::text))
column public.migration number integer not null
column public.migration name text not null
column public.migration digest text not null
column public.migration applied_at timestamp with time zone not null default now()
column public.note organisation_id uuid not null
column public.note id uuid not null
column public.note conversation_id uuid not null
column public.note member_id uuid not null
column public.note client_id text not null
column public.note text text not null
column public.note created_at timestamp with time zone not null
column public.organisation organisation_id uuid not null
column public.organisation kind text not null
column public.organisation name text not null
column public.organisation locale text not null
column public.organisation time_zone text not null
column public.organisation home_country text not null
column public.organisation settings jsonb not null default '{}'::jsonb
column public.organisation created_at timestamp with time zone not null
column public.override organisation_id uuid not null
column public.override id uuid not null
column public.override rule_id text not null
column public.override contact_id uuid
column public.override reason text not null
column public.override requested_by uuid not null
column public.override requested_at timestamp with time zone not null
column public.override decided_by uuid
column public.override decided_at timestamp with time zone
column public.override granted boolean
column public.override expires_at timestamp with time zone not null
column public.override used_count integer not null default 0
column public.own_rule organisation_id uuid not null
column public.own_rule id uuid not null
column public.own_rule kind text not null
column public.own_rule settings jsonb not null
column public.own_rule state text not null
column public.own_rule created_by uuid
column public.own_rule created_at timestamp with time zone not null
column public.own_rule ended_at timestamp with time zone
column public.platform_notice organisation_id uuid not null
column public.platform_notice id uuid not null
column public.platform_notice sender_id uuid not null
column public.platform_notice kind text not null
column public.platform_notice detail jsonb not null
column public.platform_notice at timestamp with time zone not null
column public.reaction organisation_id uuid not null
column public.reaction sender_id uuid not null
column public.reaction target_provider_id text not null
column public.reaction direction text not null
column public.reaction emoji text
column public.reaction at timestamp with time zone not null
column public.sender organisation_id uuid not null
column public.sender id uuid not null
column public.sender channel text not null
column public.sender inbox_id uuid not null
column public.sender name text not null
column public.sender address text not null
column public.sender country text not null
column public.sender provider_account_id text
column public.sender provider_sender_id text
column public.sender portfolio_id text
column public.sender credentials bytea
column public.sender webhook_secret bytea
column public.sender verify_token text
column public.sender api_url text
column public.sender state text not null
column public.sender state_reason text
column public.sender quality text not null default 'UNKNOWN'::text
column public.sender messages_per_second integer not null default 80
column public.sender portfolio_limit integer
column public.sender restrictions jsonb not null default '[]'::jsonb
column public.sender disabled boolean not null default false
column public.sender created_at timestamp with time zone not null
column public.sender stopped text
column public.sender stopped_at timestamp with time zone
column public.sender stopped_by uuid
column public.sender stop_reason text
column public.sender webhook_fields text[]
column public.sender webhook_fields_at timestamp with time zone
column public.shadow_run organisation_id uuid not null
column public.shadow_run id uuid not null
column public.shadow_run what jsonb not null
column public.shadow_run since timestamp with time zone not null
column public.shadow_run until timestamp with time zone not null
column public.shadow_run state text not null
column public.shadow_run judged integer not null default 0
column public.shadow_run total integer not null default 0
column public.shadow_run changed integer not null default 0
column public.shadow_run findings jsonb not null default '[]'::jsonb
column public.shadow_run failure text
column public.shadow_run created_by uuid
column public.shadow_run created_at timestamp with time zone not null
column public.shadow_run finished_at timestamp with time zone
column public.standing_change organisation_id uuid not null
column public.standing_change id uuid not null
column public.standing_change sender_id uuid not null
column public.standing_change subject text not null
column public.standing_change field text not null
column public.standing_change before text
column public.standing_change after text
column public.standing_change reason text
column public.standing_change at timestamp with time zone not null
column public.standing_change recorded_at timestamp with time zone not null
column public.suppressed_identity organisation_id uuid not null
column public.suppressed_identity identity bytea not null
column public.suppressed_identity scope text not null
column public.suppressed_identity channel text not null
column public.suppressed_identity source text not null
column public.suppressed_identity topic text
column public.suppressed_identity sender_id uuid
column public.suppressed_identity at timestamp with time zone not null
column public.suppressed_identity lifted_at timestamp with time zone
column public.suppression organisation_id uuid not null
column public.suppression id uuid not null
column public.suppression contact_id uuid not null
column public.suppression scope text not null
column public.suppression channel text not null
column public.suppression source text not null
column public.suppression sender_id uuid
column public.suppression source_message_id uuid
column public.suppression at timestamp with time zone not null
column public.suppression recorded_at timestamp with time zone not null
column public.suppression lifted_at timestamp with time zone
column public.suppression lifted_by text
column public.suppression topic text
column public.suppression by_member_id uuid
column public.suppression confirmation_sent_at timestamp with time zone
column public.team organisation_id uuid not null
column public.team id uuid not null
column public.team name text not null
column public.team_member organisation_id uuid not null
column public.team_member team_id uuid not null
column public.team_member member_id uuid not null
column public.template organisation_id uuid not null
column public.template id uuid not null
column public.template sender_id uuid not null
column public.template provider_id text not null
column public.template name text not null
column public.template language text not null
column public.template category text not null
column public.template status text not null
column public.template quality text not null default 'UNKNOWN'::text
column public.template parameter_format text not null default 'POSITIONAL'::text
column public.template components jsonb not null
column public.template paused_at timestamp with time zone
column public.template pause_count integer not null default 0
column public.template synced_at timestamp with time zone not null
column public.witnessed_log organisation_id uuid not null
column public.witnessed_log origin text not null
column public.witnessed_log key text not null
column public.witnessed_log trusted_by uuid
column public.witnessed_log created_at timestamp with time zone not null
column public.wording organisation_id uuid not null
column public.wording id uuid not null
column public.wording version text not null
column public.wording language text not null
column public.wording text text not null
column public.wording purpose text not null
column public.wording channels text[] not null
column public.wording names_business boolean not null
column public.wording names_channel boolean not null
column public.wording landing_url text
column public.wording landing_version text
column public.wording published_at timestamp with time zone not null
column public.wording published_by uuid
constraint auth.account account_pkey: PRIMARY KEY (id)
constraint auth.account account_userId_fkey: FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
constraint auth.session session_pkey: PRIMARY KEY (id)
constraint auth.session session_token_key: UNIQUE (token)
constraint auth.session session_userId_fkey: FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
constraint auth.twoFactor twoFactor_pkey: PRIMARY KEY (id)
constraint auth.twoFactor twoFactor_userId_fkey: FOREIGN KEY ("userId") REFERENCES auth."user"(id) ON DELETE CASCADE
constraint auth.user user_email_key: UNIQUE (email)
constraint auth.user user_pkey: PRIMARY KEY (id)
constraint auth.verification verification_pkey: PRIMARY KEY (id)
constraint installation.identity identity_epoch_check: CHECK ((epoch > 0))
constraint installation.identity identity_only_one_check: CHECK (only_one)
constraint installation.identity identity_pkey: PRIMARY KEY (only_one)
constraint installation.place place_pkey: PRIMARY KEY (place)
constraint public.activity activity_organisation_id_conversation_id_fkey: FOREIGN KEY (organisation_id, conversation_id) REFERENCES conversation(organisation_id, id)
constraint public.activity activity_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.activity activity_organisation_id_member_id_fkey: FOREIGN KEY (organisation_id, member_id) REFERENCES member(organisation_id, id)
constraint public.activity activity_pkey: PRIMARY KEY (organisation_id, id)
constraint public.address address_kind_check: CHECK ((kind = ANY (ARRAY['phone'::text, 'user-id'::text, 'username'::text, 'email'::text, 'chat'::text])))
constraint public.address address_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.address address_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.address address_pkey: PRIMARY KEY (organisation_id, id)
constraint public.agency_client agency_client_client_organisation_id_fkey: FOREIGN KEY (client_organisation_id) REFERENCES organisation(organisation_id)
constraint public.agency_client agency_client_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.agency_client agency_client_pkey: PRIMARY KEY (organisation_id, client_organisation_id)
constraint public.api_token api_token_organisation_id_created_by_fkey: FOREIGN KEY (organisation_id, created_by) REFERENCES member(organisation_id, id)
constraint public.api_token api_token_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.api_token api_token_pkey: PRIMARY KEY (organisation_id, id)
constraint public.attempt attempt_check: CHECK (((outcome IS NULL) = (answered_at IS NULL)))
constraint public.attempt attempt_consent_class_check: CHECK ((consent_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text])))
constraint public.attempt attempt_organisation_id_decision_id_fkey: FOREIGN KEY (organisation_id, decision_id) REFERENCES decision(organisation_id, id)
constraint public.attempt attempt_organisation_id_delivery_id_fkey: FOREIGN KEY (organisation_id, delivery_id) REFERENCES delivery(organisation_id, id)
constraint public.attempt attempt_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.attempt attempt_outcome_check: CHECK ((outcome = ANY (ARRAY['accepted'::text, 'refused'::text, 'retryable'::text, 'uncertain'::text])))
constraint public.attempt attempt_pkey: PRIMARY KEY (organisation_id, id)
constraint public.campaign campaign_brake_check: CHECK ((brake = ANY (ARRAY['member'::text, 'failures'::text, 'template'::text, 'quality'::text, 'restriction'::text, 'payment'::text, 'sender'::text])))
constraint public.campaign campaign_canary_count_check: CHECK ((canary_count >= 0))
constraint public.campaign campaign_check: CHECK (((state = 'paused'::text) = (brake IS NOT NULL)))
constraint public.campaign campaign_check1: CHECK ((((state = 'draft'::text) = (started_at IS NULL)) OR (state = 'cancelled'::text)))
constraint public.campaign campaign_check2: CHECK (((waits_until IS NULL) = (waits_for IS NULL)))
constraint public.campaign campaign_check3: CHECK (((state <> 'done'::text) OR (ended_at IS NOT NULL)))
constraint public.campaign campaign_kind_check: CHECK ((kind = ANY (ARRAY['newsletter'::text, 'marketing'::text, 'survey'::text, 'transactional'::text])))
constraint public.campaign campaign_name_check: CHECK ((name <> ''::text))
constraint public.campaign campaign_open_priority_check: CHECK ((open_priority = ANY (ARRAY[8, 9])))
constraint public.campaign campaign_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.campaign campaign_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.campaign campaign_pkey: PRIMARY KEY (organisation_id, id)
constraint public.campaign campaign_state_check: CHECK ((state = ANY (ARRAY['draft'::text, 'freezing'::text, 'running'::text, 'paused'::text, 'done'::text, 'cancelled'::text])))
constraint public.campaign_exclusion campaign_exclusion_organisation_id_campaign_id_fkey: FOREIGN KEY (organisation_id, campaign_id) REFERENCES campaign(organisation_id, id)
constraint public.campaign_exclusion campaign_exclusion_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.campaign_exclusion campaign_exclusion_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.campaign_exclusion campaign_exclusion_pkey: PRIMARY KEY (organisation_id, campaign_id, contact_id)
constraint public.campaign_exclusion campaign_exclusion_reason_check: CHECK ((reason = 'no-address'::text))
constraint public.claims_check claims_check_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.claims_check claims_check_pkey: PRIMARY KEY (organisation_id, id)
constraint public.consent consent_action_check: CHECK ((action = ANY (ARRAY['requested'::text, 'granted'::text, 'confirmed'::text, 'withdrawn'::text])))
constraint public.consent consent_evidence_class_check: CHECK ((evidence_class = ANY (ARRAY['A'::text, 'B'::text, 'C'::text, 'D'::text])))
constraint public.consent consent_import_fkey: FOREIGN KEY (organisation_id, import_id) REFERENCES consent_import(organisation_id, id)
constraint public.consent consent_kind_check: CHECK ((kind = ANY (ARRAY['express'::text, 'soft'::text, 'implied'::text])))
constraint public.consent consent_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.consent consent_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.consent consent_pkey: PRIMARY KEY (organisation_id, id)
constraint public.consent consent_purpose_check: CHECK ((purpose = ANY (ARRAY['marketing'::text, 'transactional'::text, 'service'::text, 'survey'::text, 'sales-call'::text])))
constraint public.consent consent_wording_fkey: FOREIGN KEY (organisation_id, wording_id) REFERENCES wording(organisation_id, id)
constraint public.consent_import consent_import_check: CHECK (((state = 'mapping'::text) OR ((attested_by IS NOT NULL) AND (attestation IS NOT NULL) AND (mapping IS NOT NULL))))
constraint public.consent_import consent_import_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.consent_import consent_import_pkey: PRIMARY KEY (organisation_id, id)
constraint public.consent_import consent_import_state_check: CHECK ((state = ANY (ARRAY['mapping'::text, 'reading'::text, 'done'::text, 'failed'::text])))
constraint public.consent_import_row consent_import_row_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.consent_import_row consent_import_row_organisation_id_import_id_fkey: FOREIGN KEY (organisation_id, import_id) REFERENCES consent_import(organisation_id, id)
constraint public.consent_import_row consent_import_row_pkey: PRIMARY KEY (organisation_id, import_id, line)
constraint public.consent_import_row consent_import_row_state_check: CHECK ((state = ANY (ARRAY['accepted'::text, 'quarantined'::text, 'suppressed'::text, 'discarded'::text])))
constraint public.contact contact_name_source_check: CHECK ((name_source = ANY (ARRAY['profile'::text, 'agent'::text, 'import'::text])))
constraint public.contact contact_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.contact contact_organisation_id_merged_into_fkey: FOREIGN KEY (organisation_id, merged_into) REFERENCES contact(organisation_id, id)
constraint public.contact contact_pkey: PRIMARY KEY (organisation_id, id)
constraint public.conversation conversation_check: CHECK (((state = 'snoozed'::text) = (snoozed_until IS NOT NULL)))
constraint public.conversation conversation_check1: CHECK (((state = 'done'::text) = (closed_at IS NOT NULL)))
constraint public.conversation conversation_organisation_id_address_id_fkey: FOREIGN KEY (organisation_id, address_id) REFERENCES address(organisation_id, id)
constraint public.conversation conversation_organisation_id_assignee_id_fkey: FOREIGN KEY (organisation_id, assignee_id) REFERENCES member(organisation_id, id)
constraint public.conversation conversation_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.conversation conversation_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.conversation conversation_organisation_id_inbox_id_fkey: FOREIGN KEY (organisation_id, inbox_id) REFERENCES inbox(organisation_id, id)
constraint public.conversation conversation_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.conversation conversation_pkey: PRIMARY KEY (organisation_id, id)
constraint public.conversation conversation_state_check: CHECK ((state = ANY (ARRAY['needs-us'::text, 'waiting'::text, 'snoozed'::text, 'done'::text])))
constraint public.conversation conversation_unread_count_check: CHECK ((unread_count >= 0))
constraint public.conversation_label conversation_label_organisation_id_conversation_id_fkey: FOREIGN KEY (organisation_id, conversation_id) REFERENCES conversation(organisation_id, id)
constraint public.conversation_label conversation_label_organisation_id_label_id_fkey: FOREIGN KEY (organisation_id, label_id) REFERENCES label(organisation_id, id) ON DELETE CASCADE
constraint public.conversation_label conversation_label_pkey: PRIMARY KEY (organisation_id, conversation_id, label_id)
constraint public.decision decision_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.decision decision_outcome_check: CHECK ((outcome = ANY (ARRAY['allow'::text, 'change'::text, 'hold'::text, 'refuse'::text])))
constraint public.decision decision_pkey: PRIMARY KEY (organisation_id, id)
constraint public.decision decision_stage_check: CHECK ((stage = ANY (ARRAY['compose'::text, 'enqueue'::text, 'hand-over'::text, 'import'::text])))
constraint public.delivery delivery_campaign_fkey: FOREIGN KEY (organisation_id, campaign_id) REFERENCES campaign(organisation_id, id)
constraint public.delivery delivery_check: CHECK (((state <> 'accepted'::text) OR (provider_id IS NOT NULL)))
constraint public.delivery delivery_check1: CHECK (((state = ANY (ARRAY['accepted'::text, 'refused'::text, 'expired'::text, 'cancelled'::text])) = (settled_at IS NOT NULL)))
constraint public.delivery delivery_organisation_id_address_id_fkey: FOREIGN KEY (organisation_id, address_id) REFERENCES address(organisation_id, id)
constraint public.delivery delivery_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.delivery delivery_organisation_id_decision_id_fkey: FOREIGN KEY (organisation_id, decision_id) REFERENCES decision(organisation_id, id)
constraint public.delivery delivery_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.delivery delivery_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.delivery delivery_pkey: PRIMARY KEY (organisation_id, id)
constraint public.delivery delivery_reached_check: CHECK ((reached = ANY (ARRAY['sent'::text, 'delivered'::text, 'read'::text, 'failed'::text])))
constraint public.delivery delivery_state_check: CHECK ((state = ANY (ARRAY['preparing'::text, 'queued'::text, 'held'::text, 'handing-over'::text, 'uncertain'::text, 'accepted'::text, 'refused'::text, 'expired'::text, 'cancelled'::text])))
constraint public.demand demand_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.demand demand_pkey: PRIMARY KEY (organisation_id, id)
constraint public.demand demand_stopped_check: CHECK ((stopped = ANY (ARRAY['marketing'::text, 'business-initiated'::text, 'all'::text])))
constraint public.erasure erasure_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.erasure erasure_pkey: PRIMARY KEY (organisation_id, id)
constraint public.erasure erasure_requested_by_check: CHECK ((requested_by = ANY (ARRAY['person'::text, 'member'::text])))
constraint public.erasure erasure_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'held'::text, 'done'::text])))
constraint public.event event_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.event event_pkey: PRIMARY KEY (organisation_id, sequence)
constraint public.event_sequence event_sequence_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.event_sequence event_sequence_pkey: PRIMARY KEY (organisation_id)
constraint public.evidence_anchor evidence_anchor_kind_check: CHECK ((kind = ANY (ARRAY['mail'::text, 'witness'::text, 'timestamp'::text])))
constraint public.evidence_anchor evidence_anchor_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_anchor evidence_anchor_organisation_id_size_fkey: FOREIGN KEY (organisation_id, size) REFERENCES evidence_checkpoint(organisation_id, size)
constraint public.evidence_anchor evidence_anchor_pkey: PRIMARY KEY (organisation_id, id)
constraint public.evidence_checkpoint evidence_checkpoint_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_checkpoint evidence_checkpoint_pkey: PRIMARY KEY (organisation_id, size)
constraint public.evidence_entry evidence_entry_check: CHECK (((("position" IS NULL) = (leaf IS NULL)) AND (("position" IS NULL) = (leaf_hash IS NULL))))
constraint public.evidence_entry evidence_entry_commitment_check: CHECK ((length(commitment) = 32))
constraint public.evidence_entry evidence_entry_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_entry evidence_entry_organisation_id_subject_fkey: FOREIGN KEY (organisation_id, subject) REFERENCES evidence_subject(organisation_id, handle)
constraint public.evidence_entry evidence_entry_pkey: PRIMARY KEY (organisation_id, id)
constraint public.evidence_log evidence_log_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_log evidence_log_pkey: PRIMARY KEY (organisation_id)
constraint public.evidence_pack evidence_pack_locale_check: CHECK ((locale = ANY (ARRAY['en'::text, 'nl'::text, 'de'::text])))
constraint public.evidence_pack evidence_pack_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_pack evidence_pack_pkey: PRIMARY KEY (organisation_id, id)
constraint public.evidence_pack evidence_pack_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'working'::text, 'ready'::text, 'failed'::text, 'deleted'::text])))
constraint public.evidence_subject evidence_subject_check: CHECK (((sealed_key IS NULL) = (erased_at IS NOT NULL)))
constraint public.evidence_subject evidence_subject_handle_check: CHECK ((handle ~ '^[A-Za-z0-9_-]{22}$'::text))
constraint public.evidence_subject evidence_subject_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_subject evidence_subject_pkey: PRIMARY KEY (organisation_id, handle)
constraint public.evidence_tile evidence_tile_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_tile evidence_tile_pkey: PRIMARY KEY (organisation_id, level, number)
constraint public.evidence_witness evidence_witness_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.evidence_witness evidence_witness_organisation_id_url_key: UNIQUE (organisation_id, url)
constraint public.evidence_witness evidence_witness_pkey: PRIMARY KEY (organisation_id, id)
constraint public.hand_over_hold hand_over_hold_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.hand_over_hold hand_over_hold_pkey: PRIMARY KEY (organisation_id)
constraint public.hand_over_hold hand_over_hold_reason_check: CHECK ((reason = ANY (ARRAY['older'::text, 'copied'::text, 'foreign'::text])))
constraint public.idempotency_key idempotency_key_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.idempotency_key idempotency_key_pkey: PRIMARY KEY (organisation_id, caller, key)
constraint public.inbound_element inbound_element_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.inbound_element inbound_element_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.inbound_element inbound_element_pkey: PRIMARY KEY (organisation_id, sender_id, element_key)
constraint public.inbound_quarantine inbound_quarantine_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.inbound_quarantine inbound_quarantine_organisation_id_receipt_id_path_key: UNIQUE (organisation_id, receipt_id, path)
constraint public.inbound_quarantine inbound_quarantine_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.inbound_quarantine inbound_quarantine_pkey: PRIMARY KEY (organisation_id, id)
constraint public.inbound_receipt inbound_receipt_check: CHECK (((state = 'done'::text) = (processed_at IS NOT NULL)))
constraint public.inbound_receipt inbound_receipt_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.inbound_receipt inbound_receipt_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.inbound_receipt inbound_receipt_pkey: PRIMARY KEY (organisation_id, id)
constraint public.inbound_receipt inbound_receipt_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text])))
constraint public.inbox inbox_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.inbox inbox_organisation_id_name_key: UNIQUE (organisation_id, name)
constraint public.inbox inbox_pkey: PRIMARY KEY (organisation_id, id)
constraint public.inbox_team inbox_team_organisation_id_inbox_id_fkey: FOREIGN KEY (organisation_id, inbox_id) REFERENCES inbox(organisation_id, id) ON DELETE CASCADE
constraint public.inbox_team inbox_team_organisation_id_team_id_fkey: FOREIGN KEY (organisation_id, team_id) REFERENCES team(organisation_id, id) ON DELETE CASCADE
constraint public.inbox_team inbox_team_pkey: PRIMARY KEY (organisation_id, inbox_id, team_id)
constraint public.label label_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.label label_organisation_id_name_key: UNIQUE (organisation_id, name)
constraint public.label label_pkey: PRIMARY KEY (organisation_id, id)
constraint public.lane lane_check: CHECK (((holder IS NULL) = (leased_until IS NULL)))
constraint public.lane lane_direction_check: CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
constraint public.lane lane_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.lane lane_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.lane lane_pkey: PRIMARY KEY (organisation_id, sender_id, direction)
constraint public.leg leg_organisation_id_address_id_fkey: FOREIGN KEY (organisation_id, address_id) REFERENCES address(organisation_id, id)
constraint public.leg leg_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.leg leg_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.leg leg_pkey: PRIMARY KEY (organisation_id, sender_id, address_id)
constraint public.media media_check: CHECK (((state <> 'ready'::text) OR (storage_key IS NOT NULL)))
constraint public.media media_kind_check: CHECK ((kind = ANY (ARRAY['image'::text, 'video'::text, 'audio'::text, 'document'::text, 'sticker'::text])))
constraint public.media media_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.media media_organisation_id_message_id_fkey: FOREIGN KEY (organisation_id, message_id) REFERENCES message(organisation_id, id)
constraint public.media media_pkey: PRIMARY KEY (organisation_id, id)
constraint public.media media_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'working'::text, 'ready'::text, 'failed'::text])))
constraint public.member member_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.member member_organisation_id_person_id_key: UNIQUE (organisation_id, person_id)
constraint public.member member_person_id_fkey: FOREIGN KEY (person_id) REFERENCES auth."user"(id)
constraint public.member member_pkey: PRIMARY KEY (organisation_id, id)
constraint public.member member_role_check: CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'supervisor'::text, 'agent'::text, 'editor'::text, 'auditor'::text])))
constraint public.message message_check: CHECK (((direction = 'in'::text) = (status = 'received'::text)))
constraint public.message message_check1: CHECK (((direction = 'in'::text) = (received_at IS NOT NULL)))
constraint public.message message_direction_check: CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
constraint public.message message_organisation_id_author_member_id_fkey: FOREIGN KEY (organisation_id, author_member_id) REFERENCES member(organisation_id, id)
constraint public.message message_organisation_id_conversation_id_fkey: FOREIGN KEY (organisation_id, conversation_id) REFERENCES conversation(organisation_id, id)
constraint public.message message_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.message message_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.message message_pkey: PRIMARY KEY (organisation_id, id)
constraint public.message message_status_check: CHECK ((status = ANY (ARRAY['received'::text, 'held'::text, 'queued'::text, 'uncertain'::text, 'accepted'::text, 'sent'::text, 'delivered'::text, 'read'::text, 'played'::text, 'failed'::text])))
constraint public.migration migration_pkey: PRIMARY KEY (number)
constraint public.note note_organisation_id_client_id_key: UNIQUE (organisation_id, client_id)
constraint public.note note_organisation_id_conversation_id_fkey: FOREIGN KEY (organisation_id, conversation_id) REFERENCES conversation(organisation_id, id)
constraint public.note note_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.note note_organisation_id_member_id_fkey: FOREIGN KEY (organisation_id, member_id) REFERENCES member(organisation_id, id)
constraint public.note note_pkey: PRIMARY KEY (organisation_id, id)
constraint public.organisation organisation_kind_check: CHECK ((kind = ANY (ARRAY['business'::text, 'agency'::text])))
constraint public.organisation organisation_locale_check: CHECK ((locale = ANY (ARRAY['en'::text, 'nl'::text, 'de'::text])))
constraint public.organisation organisation_pkey: PRIMARY KEY (organisation_id)
constraint public.override override_check: CHECK (((decided_by IS DISTINCT FROM requested_by) OR (decided_by IS NULL)))
constraint public.override override_check1: CHECK ((((decided_by IS NULL) = (decided_at IS NULL)) AND ((decided_by IS NULL) = (granted IS NULL))))
constraint public.override override_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.override override_pkey: PRIMARY KEY (organisation_id, id)
constraint public.override override_reason_check: CHECK ((length(reason) >= 10))
constraint public.own_rule own_rule_check: CHECK (((state = 'ended'::text) = (ended_at IS NOT NULL)))
constraint public.own_rule own_rule_kind_check: CHECK ((kind = ANY (ARRAY['quiet-hours'::text, 'frequency-cap'::text, 'forbidden-words'::text, 'second-pair-of-eyes'::text])))
constraint public.own_rule own_rule_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.own_rule own_rule_pkey: PRIMARY KEY (organisation_id, id)
constraint public.own_rule own_rule_state_check: CHECK ((state = ANY (ARRAY['shadow'::text, 'active'::text, 'ended'::text])))
constraint public.platform_notice platform_notice_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.platform_notice platform_notice_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.platform_notice platform_notice_pkey: PRIMARY KEY (organisation_id, id)
constraint public.reaction reaction_direction_check: CHECK ((direction = ANY (ARRAY['in'::text, 'out'::text])))
constraint public.reaction reaction_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.reaction reaction_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.reaction reaction_pkey: PRIMARY KEY (organisation_id, sender_id, target_provider_id, direction)
constraint public.sender sender_channel_check: CHECK ((channel = ANY (ARRAY['whatsapp'::text, 'telegram'::text, 'email'::text, 'webchat'::text])))
constraint public.sender sender_messages_per_second_check: CHECK ((messages_per_second > 0))
constraint public.sender sender_organisation_id_channel_provider_sender_id_key: UNIQUE (organisation_id, channel, provider_sender_id)
constraint public.sender sender_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.sender sender_organisation_id_inbox_id_fkey: FOREIGN KEY (organisation_id, inbox_id) REFERENCES inbox(organisation_id, id)
constraint public.sender sender_pkey: PRIMARY KEY (organisation_id, id)
constraint public.sender sender_state_check: CHECK ((state = ANY (ARRAY['connected'::text, 'attention'::text, 'disconnected'::text])))
constraint public.sender sender_stopped_check: CHECK ((stopped = ANY (ARRAY['marketing'::text, 'business-initiated'::text, 'all'::text])))
constraint public.sender sender_stopped_whole: CHECK (((stopped IS NULL) = (stopped_at IS NULL)))
constraint public.shadow_run shadow_run_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.shadow_run shadow_run_pkey: PRIMARY KEY (organisation_id, id)
constraint public.shadow_run shadow_run_state_check: CHECK ((state = ANY (ARRAY['waiting'::text, 'running'::text, 'done'::text, 'failed'::text])))
constraint public.standing_change standing_change_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.standing_change standing_change_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.standing_change standing_change_pkey: PRIMARY KEY (organisation_id, id)
constraint public.suppressed_identity suppressed_identity_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.suppressed_identity suppressed_identity_pkey: PRIMARY KEY (organisation_id, identity, scope, channel, source)
constraint public.suppression suppression_check: CHECK (((lifted_at IS NULL) = (lifted_by IS NULL)))
constraint public.suppression suppression_organisation_id_contact_id_fkey: FOREIGN KEY (organisation_id, contact_id) REFERENCES contact(organisation_id, id)
constraint public.suppression suppression_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.suppression suppression_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.suppression suppression_pkey: PRIMARY KEY (organisation_id, id)
constraint public.suppression suppression_scope_check: CHECK ((scope = ANY (ARRAY['all'::text, 'marketing'::text, 'transactional'::text, 'service'::text, 'survey'::text, 'sales-call'::text])))
constraint public.suppression suppression_source_check: CHECK ((source = ANY (ARRAY['keyword'::text, 'button'::text, 'link'::text, 'agent'::text, 'complaint'::text, 'bounce'::text, 'block'::text, 'platform-preference'::text, 'law-request'::text])))
constraint public.team team_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.team team_organisation_id_name_key: UNIQUE (organisation_id, name)
constraint public.team team_pkey: PRIMARY KEY (organisation_id, id)
constraint public.team_member team_member_organisation_id_member_id_fkey: FOREIGN KEY (organisation_id, member_id) REFERENCES member(organisation_id, id) ON DELETE CASCADE
constraint public.team_member team_member_organisation_id_team_id_fkey: FOREIGN KEY (organisation_id, team_id) REFERENCES team(organisation_id, id) ON DELETE CASCADE
constraint public.team_member team_member_pkey: PRIMARY KEY (organisation_id, team_id, member_id)
constraint public.template template_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.template template_organisation_id_sender_id_fkey: FOREIGN KEY (organisation_id, sender_id) REFERENCES sender(organisation_id, id)
constraint public.template template_organisation_id_sender_id_name_language_key: UNIQUE (organisation_id, sender_id, name, language)
constraint public.template template_pkey: PRIMARY KEY (organisation_id, id)
constraint public.witnessed_log witnessed_log_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.witnessed_log witnessed_log_pkey: PRIMARY KEY (organisation_id, origin)
constraint public.wording wording_organisation_id_fkey: FOREIGN KEY (organisation_id) REFERENCES organisation(organisation_id)
constraint public.wording wording_organisation_id_version_language_key: UNIQUE (organisation_id, version, language)
constraint public.wording wording_pkey: PRIMARY KEY (organisation_id, id)
constraint public.wording wording_purpose_check: CHECK ((purpose = ANY (ARRAY['marketing'::text, 'transactional'::text, 'service'::text, 'survey'::text, 'sales-call'::text])))
constraint public.wording wording_text_check: CHECK ((text <> ''::text))
index CREATE INDEX activity_of_conversation ON public.activity USING btree (organisation_id, conversation_id, created_at)
index CREATE UNIQUE INDEX activity_pkey ON public.activity USING btree (organisation_id, id)
index CREATE UNIQUE INDEX address_current ON public.address USING btree (organisation_id, channel, kind, value) WHERE current
index CREATE INDEX address_of_contact ON public.address USING btree (organisation_id, contact_id)
index CREATE UNIQUE INDEX address_pkey ON public.address USING btree (organisation_id, id)
index CREATE INDEX address_value_parts ON public.address USING gin (organisation_id, value gin_trgm_ops)
index CREATE UNIQUE INDEX agency_client_pkey ON public.agency_client USING btree (organisation_id, client_organisation_id)
index CREATE INDEX api_token_hash ON public.api_token USING btree (token_hash)
index CREATE UNIQUE INDEX api_token_pkey ON public.api_token USING btree (organisation_id, id)
index CREATE INDEX attempt_business_initiated ON public.attempt USING btree (organisation_id, sender_id, intent_at) WHERE business_initiated
index CREATE INDEX attempt_of_address ON public.attempt USING btree (organisation_id, sender_id, address_id, intent_at DESC)
index CREATE INDEX attempt_of_delivery ON public.attempt USING btree (organisation_id, delivery_id)
index CREATE INDEX attempt_open ON public.attempt USING btree (organisation_id, sender_id, fence) WHERE (outcome IS NULL)
index CREATE UNIQUE INDEX attempt_pkey ON public.attempt USING btree (organisation_id, id)
index CREATE UNIQUE INDEX "twoFactor_pkey" ON auth."twoFactor" USING btree (id)
index CREATE INDEX account_of_user ON auth.account USING btree ("userId")
index CREATE UNIQUE INDEX account_pkey ON auth.account USING btree (id)
index CREATE INDEX session_of_user ON auth.session USING btree ("userId")
index CREATE UNIQUE INDEX session_pkey ON auth.session USING btree (id)
index CREATE UNIQUE INDEX session_token_key ON auth.session USING btree (token)
index CREATE INDEX two_factor_of_user ON auth."twoFactor" USING btree ("userId")
index CREATE UNIQUE INDEX user_email_key ON auth."user" USING btree (email)
index CREATE UNIQUE INDEX user_pkey ON auth."user" USING btree (id)
index CREATE INDEX verification_identifier ON auth.verification USING btree (identifier)
index CREATE UNIQUE INDEX verification_pkey ON auth.verification USING btree (id)
index CREATE INDEX campaign_at_work ON public.campaign USING btree (organisation_id, sender_id) WHERE ((state = ANY (ARRAY['freezing'::text, 'running'::text])) OR ((state = 'cancelled'::text) AND (ended_at IS NULL)))
index CREATE UNIQUE INDEX campaign_exclusion_pkey ON public.campaign_exclusion USING btree (organisation_id, campaign_id, contact_id)
index CREATE INDEX campaign_newest ON public.campaign USING btree (organisation_id, created_at DESC, id DESC)
index CREATE UNIQUE INDEX campaign_pkey ON public.campaign USING btree (organisation_id, id)
index CREATE INDEX claims_check_newest ON public.claims_check USING btree (organisation_id, source, at DESC)
index CREATE UNIQUE INDEX claims_check_pkey ON public.claims_check USING btree (organisation_id, id)
index CREATE UNIQUE INDEX consent_import_pkey ON public.consent_import USING btree (organisation_id, id)
index CREATE INDEX consent_import_row_contact ON public.consent_import_row USING btree (organisation_id, contact_id) WHERE (contact_id IS NOT NULL)
index CREATE UNIQUE INDEX consent_import_row_pkey ON public.consent_import_row USING btree (organisation_id, import_id, line)
index CREATE INDEX consent_import_row_state ON public.consent_import_row USING btree (organisation_id, import_id, state, line)
index CREATE INDEX consent_of_contact ON public.consent USING btree (organisation_id, contact_id, at)
index CREATE UNIQUE INDEX consent_pkey ON public.consent USING btree (organisation_id, id)
index CREATE INDEX contact_name ON public.contact USING btree (organisation_id, lower(name))
index CREATE INDEX contact_name_parts ON public.contact USING gin (organisation_id, name gin_trgm_ops)
index CREATE UNIQUE INDEX contact_pkey ON public.contact USING btree (organisation_id, id)
index CREATE INDEX conversation_by_state ON public.conversation USING btree (organisation_id, state, last_message_at DESC, id DESC)
index CREATE INDEX conversation_by_time ON public.conversation USING btree (organisation_id, last_message_at DESC, id DESC)
index CREATE UNIQUE INDEX conversation_label_pkey ON public.conversation_label USING btree (organisation_id, conversation_id, label_id)
index CREATE INDEX conversation_of_contact ON public.conversation USING btree (organisation_id, contact_id)
index CREATE UNIQUE INDEX conversation_open ON public.conversation USING btree (organisation_id, inbox_id, contact_id) WHERE (state <> 'done'::text)
index CREATE UNIQUE INDEX conversation_pkey ON public.conversation USING btree (organisation_id, id)
index CREATE INDEX conversation_snoozed ON public.conversation USING btree (organisation_id, snoozed_until) WHERE (state = 'snoozed'::text)
index CREATE INDEX decision_at ON public.decision USING btree (organisation_id, at DESC)
index CREATE INDEX decision_differs ON public.decision USING btree (organisation_id, at DESC) WHERE (shadow IS NOT NULL)
index CREATE INDEX decision_of_contact ON public.decision USING btree (organisation_id, contact_id, at DESC) WHERE (contact_id IS NOT NULL)
index CREATE UNIQUE INDEX decision_pkey ON public.decision USING btree (organisation_id, id)
index CREATE INDEX decision_said_no ON public.decision USING btree (organisation_id, at DESC) WHERE (outcome <> 'allow'::text)
index CREATE INDEX delivery_due ON public.delivery USING btree (organisation_id, sender_id, priority, id) WHERE ((campaign_id IS NULL) AND (state = ANY (ARRAY['queued'::text, 'held'::text])))
index CREATE INDEX delivery_in_line ON public.delivery USING btree (organisation_id, sender_id, address_id, priority, id) WHERE (state = ANY (ARRAY['preparing'::text, 'queued'::text, 'handing-over'::text]))
index CREATE INDEX delivery_of_campaign_due ON public.delivery USING btree (organisation_id, campaign_id, priority, not_before, id) WHERE ((campaign_id IS NOT NULL) AND (state = ANY (ARRAY['queued'::text, 'held'::text])))
index CREATE INDEX delivery_of_campaign_settled ON public.delivery USING btree (organisation_id, campaign_id, settled_at DESC) WHERE ((campaign_id IS NOT NULL) AND (settled_at IS NOT NULL))
index CREATE INDEX delivery_of_campaign_to_contact ON public.delivery USING btree (organisation_id, contact_id, settled_at DESC) WHERE (campaign_id IS NOT NULL)
index CREATE UNIQUE INDEX delivery_once_per_campaign ON public.delivery USING btree (organisation_id, campaign_id, contact_id) WHERE (campaign_id IS NOT NULL)
index CREATE UNIQUE INDEX delivery_pkey ON public.delivery USING btree (organisation_id, id)
index CREATE UNIQUE INDEX delivery_provider ON public.delivery USING btree (organisation_id, sender_id, provider_id) WHERE (provider_id IS NOT NULL)
index CREATE INDEX delivery_uncertain ON public.delivery USING btree (organisation_id, sender_id) WHERE (state = ANY (ARRAY['handing-over'::text, 'uncertain'::text]))
index CREATE UNIQUE INDEX demand_pkey ON public.demand USING btree (organisation_id, id)
index CREATE UNIQUE INDEX erasure_pending ON public.erasure USING btree (organisation_id, contact_id) WHERE (state <> 'done'::text)
index CREATE UNIQUE INDEX erasure_pkey ON public.erasure USING btree (organisation_id, id)
index CREATE UNIQUE INDEX event_pkey ON public.event USING btree (organisation_id, sequence)
index CREATE UNIQUE INDEX event_sequence_pkey ON public.event_sequence USING btree (organisation_id)
index CREATE UNIQUE INDEX evidence_anchor_pkey ON public.evidence_anchor USING btree (organisation_id, id)
index CREATE UNIQUE INDEX evidence_checkpoint_pkey ON public.evidence_checkpoint USING btree (organisation_id, size)
index CREATE UNIQUE INDEX evidence_entry_pkey ON public.evidence_entry USING btree (organisation_id, id)
index CREATE UNIQUE INDEX evidence_entry_position ON public.evidence_entry USING btree (organisation_id, "position") WHERE ("position" IS NOT NULL)
index CREATE INDEX evidence_entry_subject ON public.evidence_entry USING btree (organisation_id, subject, "position") WHERE (subject IS NOT NULL)
index CREATE INDEX evidence_entry_type ON public.evidence_entry USING btree (organisation_id, type, at)
index CREATE INDEX evidence_entry_waiting ON public.evidence_entry USING btree (organisation_id, id) WHERE ("position" IS NULL)
index CREATE UNIQUE INDEX evidence_log_pkey ON public.evidence_log USING btree (organisation_id)
index CREATE INDEX evidence_pack_newest ON public.evidence_pack USING btree (organisation_id, created_at DESC)
index CREATE UNIQUE INDEX evidence_pack_pkey ON public.evidence_pack USING btree (organisation_id, id)
index CREATE UNIQUE INDEX evidence_subject_contact ON public.evidence_subject USING btree (organisation_id, contact_id) WHERE (contact_id IS NOT NULL)
index CREATE UNIQUE INDEX evidence_subject_pkey ON public.evidence_subject USING btree (organisation_id, handle)
index CREATE UNIQUE INDEX evidence_tile_pkey ON public.evidence_tile USING btree (organisation_id, level, number)
index CREATE UNIQUE INDEX evidence_witness_organisation_id_url_key ON public.evidence_witness USING btree (organisation_id, url)
index CREATE UNIQUE INDEX evidence_witness_pkey ON public.evidence_witness USING btree (organisation_id, id)
index CREATE UNIQUE INDEX hand_over_hold_pkey ON public.hand_over_hold USING btree (organisation_id)
index CREATE UNIQUE INDEX idempotency_key_pkey ON public.idempotency_key USING btree (organisation_id, caller, key)
index CREATE UNIQUE INDEX inbound_element_pkey ON public.inbound_element USING btree (organisation_id, sender_id, element_key)
index CREATE UNIQUE INDEX inbound_quarantine_organisation_id_receipt_id_path_key ON public.inbound_quarantine USING btree (organisation_id, receipt_id, path)
index CREATE UNIQUE INDEX inbound_quarantine_pkey ON public.inbound_quarantine USING btree (organisation_id, id)
index CREATE UNIQUE INDEX inbound_receipt_pkey ON public.inbound_receipt USING btree (organisation_id, id)
index CREATE INDEX inbound_receipt_waiting ON public.inbound_receipt USING btree (organisation_id, sender_id, id) WHERE (state = 'waiting'::text)
index CREATE UNIQUE INDEX inbox_organisation_id_name_key ON public.inbox USING btree (organisation_id, name)
index CREATE UNIQUE INDEX inbox_pkey ON public.inbox USING btree (organisation_id, id)
index CREATE UNIQUE INDEX inbox_team_pkey ON public.inbox_team USING btree (organisation_id, inbox_id, team_id)
index CREATE UNIQUE INDEX identity_pkey ON installation.identity USING btree (only_one)
index CREATE UNIQUE INDEX place_pkey ON installation.place USING btree (place)
index CREATE UNIQUE INDEX label_organisation_id_name_key ON public.label USING btree (organisation_id, name)
index CREATE UNIQUE INDEX label_pkey ON public.label USING btree (organisation_id, id)
index CREATE UNIQUE INDEX lane_pkey ON public.lane USING btree (organisation_id, sender_id, direction)
index CREATE UNIQUE INDEX leg_pkey ON public.leg USING btree (organisation_id, sender_id, address_id)
index CREATE INDEX media_of_message ON public.media USING btree (organisation_id, message_id)
index CREATE UNIQUE INDEX media_pkey ON public.media USING btree (organisation_id, id)
index CREATE UNIQUE INDEX member_organisation_id_person_id_key ON public.member USING btree (organisation_id, person_id)
index CREATE UNIQUE INDEX member_pkey ON public.member USING btree (organisation_id, id)
index CREATE UNIQUE INDEX message_client ON public.message USING btree (organisation_id, client_id) WHERE (client_id IS NOT NULL)
index CREATE UNIQUE INDEX message_delivery ON public.message USING btree (organisation_id, delivery_id) WHERE (delivery_id IS NOT NULL)
index CREATE UNIQUE INDEX message_pkey ON public.message USING btree (organisation_id, id)
index CREATE UNIQUE INDEX message_provider ON public.message USING btree (organisation_id, sender_id, provider_id) WHERE (provider_id IS NOT NULL)
index CREATE INDEX message_search ON public.message USING gin (organisation_id, search)
index CREATE INDEX message_thread ON public.message USING btree (organisation_id, conversation_id, created_at DESC, id DESC)
index CREATE UNIQUE INDEX migration_pkey ON public.migration USING btree (number)
index CREATE INDEX note_of_conversation ON public.note USING btree (organisation_id, conversation_id, created_at)
index CREATE UNIQUE INDEX note_organisation_id_client_id_key ON public.note USING btree (organisation_id, client_id)
index CREATE UNIQUE INDEX note_pkey ON public.note USING btree (organisation_id, id)
index CREATE UNIQUE INDEX organisation_pkey ON public.organisation USING btree (organisation_id)
index CREATE UNIQUE INDEX override_pkey ON public.override USING btree (organisation_id, id)
index CREATE UNIQUE INDEX own_rule_one_active ON public.own_rule USING btree (organisation_id, kind) WHERE (state = 'active'::text)
index CREATE UNIQUE INDEX own_rule_pkey ON public.own_rule USING btree (organisation_id, id)
index CREATE UNIQUE INDEX platform_notice_pkey ON public.platform_notice USING btree (organisation_id, id)
index CREATE UNIQUE INDEX reaction_pkey ON public.reaction USING btree (organisation_id, sender_id, target_provider_id, direction)
index CREATE INDEX sender_by_id ON public.sender USING btree (id)
index CREATE UNIQUE INDEX sender_organisation_id_channel_provider_sender_id_key ON public.sender USING btree (organisation_id, channel, provider_sender_id)
index CREATE UNIQUE INDEX sender_pkey ON public.sender USING btree (organisation_id, id)
index CREATE UNIQUE INDEX shadow_run_pkey ON public.shadow_run USING btree (organisation_id, id)
index CREATE INDEX standing_change_of_sender ON public.standing_change USING btree (organisation_id, sender_id, at DESC)
index CREATE UNIQUE INDEX standing_change_pkey ON public.standing_change USING btree (organisation_id, id)
index CREATE UNIQUE INDEX suppressed_identity_pkey ON public.suppressed_identity USING btree (organisation_id, identity, scope, channel, source)
index CREATE INDEX suppression_of_contact ON public.suppression USING btree (organisation_id, contact_id) WHERE (lifted_at IS NULL)
index CREATE UNIQUE INDEX suppression_pkey ON public.suppression USING btree (organisation_id, id)
index CREATE UNIQUE INDEX team_member_pkey ON public.team_member USING btree (organisation_id, team_id, member_id)
index CREATE UNIQUE INDEX team_organisation_id_name_key ON public.team USING btree (organisation_id, name)
index CREATE UNIQUE INDEX team_pkey ON public.team USING btree (organisation_id, id)
index CREATE UNIQUE INDEX template_organisation_id_sender_id_name_language_key ON public.template USING btree (organisation_id, sender_id, name, language)
index CREATE UNIQUE INDEX template_pkey ON public.template USING btree (organisation_id, id)
index CREATE UNIQUE INDEX witnessed_log_pkey ON public.witnessed_log USING btree (organisation_id, origin)
index CREATE UNIQUE INDEX wording_organisation_id_version_language_key ON public.wording USING btree (organisation_id, version, language)
index CREATE UNIQUE INDEX wording_pkey ON public.wording USING btree (organisation_id, id)
policy public.activity own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.address own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.address owner_searches for SELECT to {loket_owner} using (true) check ()
policy public.agency_client own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.api_token own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.api_token token_finds_itself for SELECT to {loket_app} using ((encode(token_hash, 'hex'::text) = current_setting('loket.token_hash'::text, true))) check ()
policy public.attempt own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.campaign own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.campaign_exclusion own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.claims_check own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.consent own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.consent_import own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.consent_import_row own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.contact own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.contact owner_searches for SELECT to {loket_owner} using (true) check ()
policy public.conversation own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.conversation worker_finds_snoozed for SELECT to {loket_worker} using ((state = 'snoozed'::text)) check ()
policy public.conversation_label own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.decision own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.delivery own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.demand own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.erasure own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.event own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.event_sequence own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_anchor own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_checkpoint own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_entry own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_entry worker_finds_waiting_entries for SELECT to {loket_worker} using (("position" IS NULL)) check ()
policy public.evidence_log own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_log worker_finds_logs for SELECT to {loket_worker} using (true) check ()
policy public.evidence_pack own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_pack worker_finds_old_packs for SELECT to {loket_worker} using ((state = 'ready'::text)) check ()
policy public.evidence_subject own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_tile own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.evidence_witness own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.hand_over_hold own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.hand_over_hold worker_holds_all for ALL to {loket_worker} using (true) check (true)
policy public.idempotency_key own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.inbound_element own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.inbound_quarantine own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.inbound_receipt own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.inbound_receipt worker_takes_receipts for ALL to {loket_worker} using (true) check (true)
policy public.inbox own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.inbox_team own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.label own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.lane own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.lane worker_walks_lanes for ALL to {loket_worker} using (true) check (true)
policy public.leg own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.media own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.member own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.member person_finds_memberships for SELECT to {loket_app} using (((person_id)::text = current_setting('loket.person_id'::text, true))) check ()
policy public.message own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.message owner_searches for SELECT to {loket_owner} using (true) check ()
policy public.note own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.organisation own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.organisation person_finds_organisations for SELECT to {loket_app} using ((EXISTS ( SELECT 1 FROM member m WHERE ((m.organisation_id = organisation.organisation_id) AND ((m.person_id)::text = current_setting('loket.person_id'::text, true)))))) check ()
policy public.organisation worker_finds_organisations for SELECT to {loket_worker} using (true) check ()
policy public.override own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.own_rule own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.platform_notice own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.reaction own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.sender own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.sender worker_finds_senders for SELECT to {loket_worker} using (true) check ()
policy public.shadow_run own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.standing_change own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.suppressed_identity own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.suppression own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.team own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.team_member own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.template own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.witnessed_log own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
policy public.wording own_organisation for ALL to {public} using ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting))) check ((organisation_id = ( SELECT (current_setting('loket.organisation_id'::text))::uuid AS current_setting)))
security auth.account enabled f forced f
security auth.session enabled f forced f
security auth.twoFactor enabled f forced f
security auth.user enabled f forced f
security auth.verification enabled f forced f
security installation.identity enabled f forced f
security installation.place enabled f forced f
security public.activity enabled t forced t
security public.address enabled t forced t
security public.agency_client enabled t forced t
security public.api_token enabled t forced t
security public.attempt enabled t forced t
security public.campaign enabled t forced t
security public.campaign_exclusion enabled t forced t
security public.claims_check enabled t forced t
security public.consent enabled t forced t
security public.consent_import enabled t forced t
security public.consent_import_row enabled t forced t
security public.contact enabled t forced t
security public.conversation enabled t forced t
security public.conversation_label enabled t forced t
security public.decision enabled t forced t
security public.delivery enabled t forced t
security public.demand enabled t forced t
security public.erasure enabled t forced t
security public.event enabled t forced t
security public.event_sequence enabled t forced t
security public.evidence_anchor enabled t forced t
security public.evidence_checkpoint enabled t forced t
security public.evidence_entry enabled t forced t
security public.evidence_log enabled t forced t
security public.evidence_pack enabled t forced t
security public.evidence_subject enabled t forced t
security public.evidence_tile enabled t forced t
security public.evidence_witness enabled t forced t
security public.hand_over_hold enabled t forced t
security public.idempotency_key enabled t forced t
security public.inbound_element enabled t forced t
security public.inbound_quarantine enabled t forced t
security public.inbound_receipt enabled t forced t
security public.inbox enabled t forced t
security public.inbox_team enabled t forced t
security public.label enabled t forced t
security public.lane enabled t forced t
security public.leg enabled t forced t
security public.media enabled t forced t
security public.member enabled t forced t
security public.message enabled t forced t
security public.migration enabled f forced f
security public.note enabled t forced t
security public.organisation enabled t forced t
security public.override enabled t forced t
security public.own_rule enabled t forced t
security public.platform_notice enabled t forced t
security public.reaction enabled t forced t
security public.sender enabled t forced t
security public.shadow_run enabled t forced t
security public.standing_change enabled t forced t
security public.suppressed_identity enabled t forced t
security public.suppression enabled t forced t
security public.team enabled t forced t
security public.team_member enabled t forced t
security public.template enabled t forced t
security public.witnessed_log enabled t forced t
security public.wording enabled t forced t
grant auth.account to loket_app: delete, insert, select, update
grant auth.session to loket_app: delete, insert, select, update
grant auth.twoFactor to loket_app: delete, insert, select, update
grant auth.user to loket_app: delete, insert, select, update
grant auth.user to loket_worker: select
grant auth.verification to loket_app: delete, insert, select, update
grant installation.identity to loket_app: select
grant installation.identity to loket_worker: insert, select, update
grant installation.place to loket_worker: delete, insert, select, update
grant public.activity to loket_app: insert, select
grant public.activity to loket_worker: insert, select
grant public.address to loket_app: insert, select, update
grant public.address to loket_worker: insert, select, update
grant public.agency_client to loket_app: delete, insert, select, update
grant public.agency_client to loket_worker: delete, insert, select, update
grant public.api_token to loket_app: delete, insert, select, update
grant public.api_token to loket_worker: delete, insert, select, update
grant public.attempt to loket_app: insert, select, update
grant public.attempt to loket_worker: insert, select, update
grant public.campaign to loket_app: insert, select, update
grant public.campaign to loket_worker: insert, select, update
grant public.campaign_exclusion to loket_app: delete, insert, select, update
grant public.campaign_exclusion to loket_worker: delete, insert, select, update
grant public.claims_check to loket_app: insert, select
grant public.claims_check to loket_worker: insert, select
grant public.consent to loket_app: insert, select
grant public.consent to loket_worker: insert, select
grant public.consent_import to loket_app: delete, insert, select, update
grant public.consent_import to loket_worker: delete, insert, select, update
grant public.consent_import_row to loket_app: delete, insert, select, update
grant public.consent_import_row to loket_worker: delete, insert, select, update
grant public.contact to loket_app: insert, select, update
grant public.contact to loket_worker: insert, select, update
grant public.conversation to loket_app: delete, insert, select, update
grant public.conversation to loket_worker: delete, insert, select, update
grant public.conversation_label to loket_app: delete, insert, select, update
grant public.conversation_label to loket_worker: delete, insert, select, update
grant public.decision to loket_app: insert, select
grant public.decision to loket_worker: insert, select
grant public.delivery to loket_app: insert, select, update
grant public.delivery to loket_worker: insert, select, update
grant public.demand to loket_app: insert, select, update
grant public.demand to loket_worker: insert, select, update
grant public.erasure to loket_app: insert, select, update
grant public.erasure to loket_worker: insert, select, update
grant public.event to loket_app: insert, select
grant public.event to loket_worker: insert, select
grant public.event_sequence to loket_app: delete, insert, select, update
grant public.event_sequence to loket_worker: delete, insert, select, update
grant public.evidence_anchor to loket_app: insert, select
grant public.evidence_anchor to loket_worker: insert, select
grant public.evidence_checkpoint to loket_app: insert, select
grant public.evidence_checkpoint to loket_worker: insert, select
grant public.evidence_entry to loket_app: insert, select
grant public.evidence_entry to loket_worker: insert, select
grant public.evidence_log to loket_app: insert, select
grant public.evidence_log to loket_worker: insert, select, update
grant public.evidence_pack to loket_app: delete, insert, select, update
grant public.evidence_pack to loket_worker: delete, insert, select, update
grant public.evidence_subject to loket_app: insert, select, update
grant public.evidence_subject to loket_worker: insert, select, update
grant public.evidence_tile to loket_app: insert, select
grant public.evidence_tile to loket_worker: insert, select, update
grant public.evidence_witness to loket_app: delete, insert, select, update
grant public.evidence_witness to loket_worker: delete, insert, select, update
grant public.hand_over_hold to loket_app: delete, select
grant public.hand_over_hold to loket_worker: insert, select
grant public.idempotency_key to loket_app: delete, insert, select, update
grant public.idempotency_key to loket_worker: delete, insert, select, update
grant public.inbound_element to loket_app: delete, insert, select, update
grant public.inbound_element to loket_worker: delete, insert, select, update
grant public.inbound_quarantine to loket_app: delete, insert, select, update
grant public.inbound_quarantine to loket_worker: delete, insert, select, update
grant public.inbound_receipt to loket_app: delete, insert, select, update
grant public.inbound_receipt to loket_worker: delete, insert, select, update
grant public.inbox to loket_app: delete, insert, select, update
grant public.inbox to loket_worker: delete, insert, select, update
grant public.inbox_team to loket_app: delete, insert, select, update
grant public.inbox_team to loket_worker: delete, insert, select, update
grant public.label to loket_app: delete, insert, select, update
grant public.label to loket_worker: delete, insert, select, update
grant public.lane to loket_app: delete, insert, select, update
grant public.lane to loket_worker: delete, insert, select, update
grant public.leg to loket_app: delete, insert, select, update
grant public.leg to loket_worker: delete, insert, select, update
grant public.media to loket_app: delete, insert, select, update
grant public.media to loket_worker: delete, insert, select, update
grant public.member to loket_app: delete, insert, select, update
grant public.member to loket_worker: delete, insert, select, update
grant public.message to loket_app: insert, select, update
grant public.message to loket_worker: insert, select, update
grant public.note to loket_app: delete, insert, select, update
grant public.note to loket_worker: delete, insert, select, update
grant public.organisation to loket_app: delete, insert, select, update
grant public.organisation to loket_worker: delete, insert, select, update
grant public.override to loket_app: insert, select, update
grant public.override to loket_worker: insert, select, update
grant public.own_rule to loket_app: insert, select, update
grant public.own_rule to loket_worker: insert, select, update
grant public.platform_notice to loket_app: insert, select
grant public.platform_notice to loket_worker: insert, select
grant public.reaction to loket_app: delete, insert, select, update
grant public.reaction to loket_worker: delete, insert, select, update
grant public.sender to loket_app: delete, insert, select, update
grant public.sender to loket_worker: delete, insert, select, update
grant public.shadow_run to loket_app: delete, insert, select, update
grant public.shadow_run to loket_worker: delete, insert, select, update
grant public.standing_change to loket_app: insert, select
grant public.standing_change to loket_worker: insert, select
grant public.suppressed_identity to loket_app: insert, select, update
grant public.suppressed_identity to loket_worker: insert, select, update
grant public.suppression to loket_app: insert, select, update
grant public.suppression to loket_worker: insert, select, update
grant public.team to loket_app: delete, insert, select, update
grant public.team to loket_worker: delete, insert, select, update
grant public.team_member to loket_app: delete, insert, select, update
grant public.team_member to loket_worker: delete, insert, select, update
grant public.template to loket_app: delete, insert, select, update
grant public.template to loket_worker: delete, insert, select, update
grant public.witnessed_log to loket_app: delete, insert, select, update
grant public.witnessed_log to loket_worker: delete, insert, select, update
grant public.wording to loket_app: insert, select
grant public.wording to loket_worker: insert, select
