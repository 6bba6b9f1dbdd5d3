/** Generated from docs/openapi.json by `npm run openapi`. */

export interface paths {
    "/v1/articles": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List articles, newest first */
        get: operations["listArticles"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read an article with its comment count */
        get: operations["getArticle"];
        /**
         * Create or replace an article
         * @description What is left out is emptied, but for the first time of publication and how comments are taken. A breaking-news mode that has ended since it was put is no mistake.
         */
        put: operations["putArticle"];
        post?: never;
        /**
         * Take an article and its comments off public view
         * @description Everything is kept for moderators, and a `PUT` brings it back.
         */
        delete: operations["deleteArticle"];
        options?: never;
        head?: never;
        /**
         * Change some fields of an article
         * @description A moderator who is no publisher may change `commenting` only. Breaking-news mode is put as a whole and ends by itself, within seven days; `null` ends it now.
         */
        patch: operations["patchArticle"];
        trace?: never;
    };
    "/v1/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count the comments of many articles at once
         * @description An unknown article counts 0.
         */
        get: operations["getCounts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a page of a thread, or the flat view of all comments
         * @description Top-level comments, or with `parent` the replies under it; `replies` embeds that many of the oldest replies in each item, whose `nextCursor` goes on with `parent` and `sort=oldest`. A `parent` that readers cannot see is unknown. `view=flat` gives every approved comment, replies included, oldest first, and takes no `parent`.
         */
        get: operations["listComments"];
        put?: never;
        /**
         * Post a comment or a reply
         * @description The answer tells the status it starts with; screening follows at once.
         */
        post: operations["postComment"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/comments/{commentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read one comment with the comments above it */
        get: operations["getComment"];
        put?: never;
        post?: never;
        /**
         * Take an own comment back
         * @description Its text is gone for good; where visible replies hang below it, a tombstone keeps its place.
         */
        delete: operations["deleteComment"];
        options?: never;
        head?: never;
        /**
         * Edit an own comment
         * @description Within the edit window of the policy. It is screened again; until then readers go on seeing what was approved.
         */
        patch: operations["patchComment"];
        trace?: never;
    };
    "/v1/articles/{articleId}/feed.xml": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Follow the newest approved comments as a feed */
        get: operations["getFeed"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/comments/{commentId}/reaction": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * React to a comment
         * @description One reaction per member and comment: a new kind replaces the old one.
         */
        put: operations["putReaction"];
        post?: never;
        /** Take a reaction back */
        delete: operations["deleteReaction"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/comments/{commentId}/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report a comment to the moderators
         * @description Once per member and comment; the same again is answered with the first report and what came of it.
         */
        post: operations["postReport"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/comments/{commentId}/appeal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Appeal against the taking down of an own comment
         * @description Once, against `rejected` or `spam`; whoever is banned may as well. A moderator other than the one who took it down decides again.
         */
        post: operations["postAppeal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export all that is stored about me
         * @description The profile and what I have claimed first, then every comment in whatever status, every reaction and every report.
         */
        get: operations["exportMe"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Erase all that is stored about me
         * @description Comments lose their text and their author, and stay as tombstones where visible replies hang below them; reactions and reports go, and so does the profile. It goes on after the answer, whatever happens; `Location` tells how far it is.
         */
        delete: operations["deleteMe"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/erasures/{erasureId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask how far an erasure is, and what it removed
         * @description Kept for a month after it is done; it names nobody.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/comments": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List my comments in every status, newest first */
        get: operations["listMyComments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/articles/{articleId}/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what the public list of an article cannot show me */
        get: operations["getMyArticle"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/queues": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** See how much waits in each queue */
        get: operations["getQueues"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/queues/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read a queue, oldest first */
        get: operations["listQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/queues/{name}/claims": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim what nobody else works on
         * @description The oldest of the queue that no other moderator holds are yours for a minute; what you hold already comes first, and its minute begins anew. Appeals against your own decisions are left to others. No two moderators ever hold the same comment. A claim keeps others from doing the same work; it does not keep them from deciding. It ends by a decision, whoever decides, by `DELETE`, or by itself.
         */
        post: operations["claimComments"];
        /** Give back what I hold of a queue */
        delete: operations["giveBackClaims"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/decisions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Decide on up to 25 comments
         * @description Each is decided on its own. With `revision`, a comment that has changed since is left alone and told as `conflict`. So is one with an unanswered appeal against a decision of your own: another moderator answers it, by whatever they decide, or an admin. And one that others keep changing at this moment, where another of the same request was applied already; otherwise that is answered with 503.
         */
        post: operations["decideOnComments"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/users/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See a member’s standing and record
         * @description Ids are the site’s own: somebody who has never been here is normal, with an empty record.
         */
        get: operations["getUser"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Give a member a standing
         * @description It holds from their next post on, and is given as a whole: without `until` it has no end, without `note` nothing is noted. The member need not have been here before.
         */
        patch: operations["patchUser"];
        trace?: never;
    };
    "/v1/moderation/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take down a whole branch, or all that a member wrote lately
         * @description A comment with everything below it, or what a member wrote in the last `days`: each is rejected by a decision of its own, recorded with the `note`. What is down already, and what only its muted author sees, stays as it is. It goes on after the answer, whatever happens.
         */
        post: operations["startJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/jobs/{jobId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Ask how far a job is
         * @description Kept for a month after it is done.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/comments/{articleId}/{commentId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read a comment in any status with all that happened to it
         * @description Also of an article that is off public view. A page has at most a hundred records: earlier texts with their verdicts first, then decisions, then reports. What its author deleted has no texts and no verdicts any more.
         */
        get: operations["getCommentHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the comments of an article or an author in any status, newest first
         * @description `article` or `author` is needed; what was posted from `since` on and before `until` is found. A page looks at 500 comments at most, so it may be short, or empty, before the last one.
         */
        get: operations["searchComments"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read what moderators and admins did, newest first
         * @description Every decision, standing, job and change of the policy, from `since` on and before `until`. Nothing is ever changed or removed, but for `memberId` and the note when that member erases their data. A decision is recorded when it is counted, a moment after it was taken. A page may be short, or empty, before the last one. With `Accept: application/x-ndjson` a page is one record a line, and `Link` leads to the next: follow it until there is none to export everything.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See what was posted and decided day by day
         * @description The last `days`, today included, in UTC. A comment counts for the day on which it was posted, and moves between the numbers of that day whenever its status does, however late. Whoever erases their data is no longer named among the moderators.
         */
        get: operations["getStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/policy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the policy in force */
        get: operations["getPolicy"];
        /**
         * Put a policy in force
         * @description Every field has a default, so `{}` is a whole policy. Each of `checks` names a service of the site: an https URL without credentials, or http to 127.0.0.1, localhost or [::1], on the laptop. About every comment that the rules approve or hold, but for those of trusted and muted members, it is sent a `POST` with `{id, articleId, parentId, revision, body, author: {id, name}, policyVersion}`, signed in `Understory-Signature: t=<unix seconds>,v1=<hex>` with the HMAC-SHA256 over the time, a dot and the body. It answers `{action: "approve"|"hold"|"reject"|"spam", evidence?}` and may only make stricter what the rules said. Whatever goes wrong, or takes longer than `timeoutMs`, comes to `onFailure`.
         */
        put: operations["putPolicy"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/moderation/policy/trial": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a policy on recent comments, changing nothing
         * @description Tells what a policy would have made of every comment posted since a moment within the last 90 days, those of removed articles included: the last day first, at most 500 comments a page, and fewer where they take long. Every page looks at the period that ended with the first call. Comments that are being screened, that a muted member posted, or whose text is gone are passed over.
         *
         *     It changes nothing, and no check is asked. Of a check that the policy names, what counts is what a check of that name said when the comment was screened; where none was asked then, it says nothing.
         *
         *     A comment is tried as of the moment when it was posted or last edited: `newcomers` and `record` look at what its author had posted before. What is not kept is taken as it is now: the text after the last edit, what has become of the earlier comments, the `mode` of the article, and whether a comment that was repeated is still there. Reports count as they came in, whatever moderators answered them with. `maxLength`, `editMinutes`, `rate` and `reactions` decide on no comment, so they are not tried; nor is the breaking-news mode of an article. Its author’s standing is the one at that moment.
         */
        post: operations["tryPolicy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/articles/{articleId}/recount": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recount an article from its comments and mend what has drifted
         * @description Refused with 503 while comments keep coming too fast for one request, and for an article that has more than 20,000.
         */
        post: operations["recountArticle"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Ask whether the service works */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read this description */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read the reference */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/problems/{code}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Read what a problem type means */
        get: operations["getProblemType"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @example {
         *       "note": "It is a quotation.",
         *       "at": "2026-11-23T09:40:00.000Z",
         *       "answeredAt": null
         *     }
         */
        Appeal: {
            note: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            at: string;
            /**
             * Format: date-time
             * @description Null while a moderator is awaited.
             * @example 2026-11-23T09:30:00.000Z
             */
            answeredAt: string | null;
        };
        /**
         * @example {
         *       "id": "ceasefire",
         *       "title": "Ceasefire holds for a third day",
         *       "url": "https://news.example/ceasefire",
         *       "author": "R. Porter",
         *       "section": "World",
         *       "publishedAt": "2026-11-23T09:00:00.000Z",
         *       "commenting": {
         *         "open": true,
         *         "mode": "screened",
         *         "closesAt": null,
         *         "breaking": null
         *       },
         *       "commentCount": 18,
         *       "revision": 1,
         *       "updatedAt": "2026-11-23T09:00:00.000Z",
         *       "body": [
         *         {
         *           "paragraphs": [
         *             "For a third day …"
         *           ]
         *         }
         *       ]
         *     }
         */
        Article: {
            id: components["schemas"]["ArticleId"];
            title: string;
            url: string | null;
            author: string | null;
            section: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            publishedAt: string;
            commenting: {
                /** @description Whether a comment would be taken now. */
                open: boolean;
                /**
                 * @description `open` shows comments at once and screens them after, `screened` when they pass, `moderated` when a moderator approves.
                 * @enum {string}
                 */
                mode: "open" | "screened" | "moderated";
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                closesAt: string | null;
                /** @description Breaking-news mode while it runs. */
                breaking: components["schemas"]["Breaking"] | null;
                /** @description Over how many shards the lists of a hot article are spread; absent otherwise. */
                shards?: number;
            };
            /** @description Approved comments, replies included: the items that `view=flat` returns over all its pages. */
            commentCount: number;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            updatedAt: string;
            body: {
                heading?: string;
                paragraphs: string[];
            }[];
        };
        /**
         * @description The publisher’s own id.
         * @example ceasefire
         */
        ArticleId: string;
        ArticlePage: {
            items: components["schemas"]["ListedArticle"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        AuditPage: {
            items: components["schemas"]["AuditRecord"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "id": "01a2087f-01c4-7d0c-8e5a-6f1e86a7a5b1",
         *       "at": "2026-11-23T09:32:09.540Z",
         *       "actor": {
         *         "id": "mo",
         *         "name": "Mo"
         *       },
         *       "action": "reject",
         *       "articleId": "ceasefire",
         *       "commentId": "01a2087d-055f-761f-a4ff-8ff03da283de",
         *       "memberId": "ann",
         *       "before": "held",
         *       "after": "rejected",
         *       "note": "Off topic.",
         *       "revision": 2
         *     }
         */
        AuditRecord: {
            /**
             * Format: uuid
             * @description A UUIDv7: the order of ids is the order of time.
             */
            id: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            at: string;
            actor: {
                id: string;
                name: string;
            };
            /** @description What a moderator may decide on a comment, `change-standing`, `reject-branch`, `reject-member` or `put-policy`; more may come. */
            action: string;
            articleId?: components["schemas"]["ArticleId"];
            commentId?: components["schemas"]["CommentId"];
            /** @description Whom it concerns; missing once they have erased their data. */
            memberId?: string;
            /** @description A status, a standing or the version of the policy. */
            before: (string | number) | null;
            after: (string | number) | null;
            note: string | null;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision?: number;
        };
        Author: {
            id: string;
            name: string;
            /** @description Web address of a picture. */
            picture: string | null;
        };
        Breaking: {
            /** @description Seconds between two comments of one member. */
            slowSeconds: number | null;
            /** @description Whether members without an approved comment wait for a moderator. */
            holdNewcomers: boolean;
            /** @description Whether links are taken; otherwise a comment with any waits for a moderator. */
            links: boolean;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            until: string;
        };
        ClaimCommentsBody: {
            limit: number;
        };
        Claimed: {
            items: components["schemas"]["QueueItem"][];
            /**
             * Format: date-time
             * @description Null where there was nothing to claim.
             * @example 2026-11-23T09:30:00.000Z
             */
            claimedUntil: string | null;
        };
        /**
         * @example {
         *       "id": "01a2087d-055f-761f-a4ff-8ff03da283de",
         *       "articleId": "ceasefire",
         *       "parentId": null,
         *       "depth": 0,
         *       "author": {
         *         "id": "ann",
         *         "name": "Ann",
         *         "picture": null
         *       },
         *       "body": "Thank you for this report.",
         *       "html": "<p>Thank you for this report.</p>",
         *       "status": "approved",
         *       "createdAt": "2026-11-23T09:30:00.000Z",
         *       "editedAt": null,
         *       "replyCount": 2,
         *       "reactions": {
         *         "like": 3
         *       },
         *       "featured": false,
         *       "revision": 1
         *     }
         */
        Comment: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `deleted` and `removed` are tombstones: by its author, by a moderator.
             * @enum {string}
             */
            status: "approved" | "deleted" | "removed";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
        };
        CommentHistory: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator, `muted` is shown to its author alone.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted" | "muted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /** @description What it will say once its last edit has been screened. */
            waiting: string | null;
            /** @description All its reports, those on other pages included. */
            reportCount: number;
            appeal: components["schemas"]["Appeal"] | null;
            /** @description Oldest first; the last 50 on each text. */
            verdicts: components["schemas"]["Verdict"][];
            /** @description What it said before each edit, oldest first. */
            edits: {
                /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
                revision: number;
                body: string | null;
                html: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                until: string;
            }[];
            /** @description Oldest first; on the first page also those that are only being recorded. */
            decisions: components["schemas"]["AuditRecord"][];
            /** @description By the id of who reported. */
            reports: {
                memberId: string;
                /** @enum {string} */
                reason: "spam" | "abuse" | "off-topic" | "other";
                note: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                createdAt: string | null;
            }[];
            /** @description Send it as `cursor` for more of its history; null on the last page. */
            nextCursor: string | null;
        };
        /**
         * @description A UUIDv7 in lower case: the order of ids is the order of time.
         * @example 01a2087d-055f-761f-a4ff-8ff03da283de
         */
        CommentId: string;
        CommentInAnyStatus: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator, `muted` is shown to its author alone.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted" | "muted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
        };
        CommentInAnyStatusPage: {
            items: components["schemas"]["CommentInAnyStatus"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        CommentPage: {
            items: components["schemas"]["Comment"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        CommentWithAncestors: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `deleted` and `removed` are tombstones: by its author, by a moderator.
             * @enum {string}
             */
            status: "approved" | "deleted" | "removed";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /** @description The nearest 100 at most, from the outermost down to the parent. */
            ancestors: components["schemas"]["Comment"][];
            /** @description How many there are above those: the permalink of the first of `ancestors` goes on with them. */
            ancestorsOmitted: number;
        };
        /**
         * @example {
         *       "counts": {
         *         "ceasefire": 18,
         *         "unknown": 0
         *       }
         *     }
         */
        Counts: {
            counts: {
                [key: string]: number;
            };
        };
        /**
         * @example {
         *       "day": "2026-11-23",
         *       "submitted": 40,
         *       "approved": 35,
         *       "held": 1,
         *       "rejected": 2,
         *       "spam": 1,
         *       "deleted": 1,
         *       "muted": 0,
         *       "reported": 2,
         *       "medianMinutesHeld": 4,
         *       "moderators": [
         *         {
         *           "id": "mo",
         *           "name": "Mo",
         *           "decisions": 9
         *         }
         *       ]
         *     }
         */
        DayStats: {
            /**
             * Format: date
             * @description In UTC.
             */
            day: string;
            /** @description Comments posted on this day that have been screened; what follows is where they stand now. */
            submitted: number;
            approved: number;
            held: number;
            rejected: number;
            spam: number;
            deleted: number;
            muted: number;
            /** @description Comments posted on this day that readers have reported, whatever became of them. */
            reported: number;
            /** @description Of those comments that were held and decided on: from the verdict that held them to the decision. Exact to the minute below an hour, to the hour below a day, then to the day, rounded down; null where there were none. */
            medianMinutesHeld: number | null;
            /** @description Who decided on comments on this day, whenever those were posted; most decisions first. */
            moderators: {
                id: string;
                name: string;
                decisions: number;
            }[];
        };
        DecideOnCommentsBody: {
            decisions: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
                /** @enum {string} */
                action: "approve" | "reject" | "spam" | "feature" | "unfeature";
                note?: string;
                revision?: number;
            }[];
        };
        /**
         * @example {
         *       "results": [
         *         {
         *           "commentId": "01a2087d-055f-761f-a4ff-8ff03da283de",
         *           "outcome": "applied",
         *           "status": "approved"
         *         }
         *       ]
         *     }
         */
        DecisionResults: {
            results: {
                commentId: components["schemas"]["CommentId"];
                /** @enum {string} */
                outcome: "applied" | "unchanged" | "conflict" | "not-found";
                /** @enum {string|null} */
                status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted" | "muted" | null;
            }[];
        };
        Erasure: {
            id: string;
            /** @enum {string} */
            state: "running" | "done";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            doneAt: string | null;
            /** @description What was removed so far. */
            removed: {
                comments: number;
                reactions: number;
                reports: number;
            };
        };
        ExplainedComment: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /** @description Why it is held, rejected or spam; null otherwise. */
            reasons: components["schemas"]["Reasons"] | null;
            /** @description What I have said against it. */
            appeal: components["schemas"]["Appeal"] | null;
        };
        ExportPage: {
            items: components["schemas"]["Stored"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        Job: {
            id: string;
            /** @enum {string} */
            kind: "reject-branch" | "reject-member";
            /** @enum {string} */
            state: "running" | "done";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            startedAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            doneAt: string | null;
            /** @description Comments looked at that it is about. */
            examined: number;
            /** @description Comments that it took down. */
            changed: number;
        };
        /**
         * @example {
         *       "id": "ceasefire",
         *       "title": "Ceasefire holds for a third day",
         *       "url": "https://news.example/ceasefire",
         *       "author": "R. Porter",
         *       "section": "World",
         *       "publishedAt": "2026-11-23T09:00:00.000Z",
         *       "commenting": {
         *         "open": true,
         *         "mode": "screened",
         *         "closesAt": null,
         *         "breaking": null
         *       },
         *       "commentCount": 18,
         *       "revision": 1,
         *       "updatedAt": "2026-11-23T09:00:00.000Z"
         *     }
         */
        ListedArticle: {
            id: components["schemas"]["ArticleId"];
            title: string;
            url: string | null;
            author: string | null;
            section: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            publishedAt: string;
            commenting: {
                /** @description Whether a comment would be taken now. */
                open: boolean;
                /**
                 * @description `open` shows comments at once and screens them after, `screened` when they pass, `moderated` when a moderator approves.
                 * @enum {string}
                 */
                mode: "open" | "screened" | "moderated";
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                closesAt: string | null;
                /** @description Breaking-news mode while it runs. */
                breaking: components["schemas"]["Breaking"] | null;
                /** @description Over how many shards the lists of a hot article are spread; absent otherwise. */
                shards?: number;
            };
            /** @description Approved comments, replies included: the items that `view=flat` returns over all its pages. */
            commentCount: number;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            updatedAt: string;
        };
        /**
         * @description The site’s own id of a member: `sub` in their token.
         * @example ann
         */
        MemberId: string;
        MyArticle: {
            /** @description Own comments here that are not approved, newest first: 100 at most and what one answer takes, of the last 500 on all articles. */
            comments: components["schemas"]["ExplainedComment"][];
            /** @description Own reactions here: kinds by comment id, the newest 500. */
            reactions: {
                [key: string]: string;
            };
            /** @description Own reports here, by comment id, of the newest 100 comments. */
            reports: {
                [key: string]: {
                    /** @enum {string} */
                    reason: "spam" | "abuse" | "off-topic" | "other";
                    /** @enum {string} */
                    outcome: "open" | "removed" | "kept";
                };
            };
        };
        /**
         * @example {
         *       "id": "01a2087d-055f-761f-a4ff-8ff03da283de",
         *       "articleId": "ceasefire",
         *       "parentId": null,
         *       "depth": 0,
         *       "author": {
         *         "id": "ann",
         *         "name": "Ann",
         *         "picture": null
         *       },
         *       "body": "Thank you for this report.",
         *       "html": "<p>Thank you for this report.</p>",
         *       "status": "pending",
         *       "createdAt": "2026-11-23T09:30:00.000Z",
         *       "editedAt": null,
         *       "replyCount": 0,
         *       "reactions": {},
         *       "featured": false,
         *       "revision": 1
         *     }
         */
        OwnComment: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
        };
        OwnCommentPage: {
            items: components["schemas"]["ExplainedComment"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        OwnVerdict: {
            /** @enum {string} */
            outcome: "approved" | "held" | "rejected" | "spam";
            policyVersion: number;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            at: string;
            rules: {
                rule: string;
                /** @enum {string} */
                action: "approve" | "hold" | "reject" | "spam" | "mute";
                /** @description Quotes the text that made the rule fire, or states the fact. */
                evidence: string;
            }[];
        };
        PatchArticleBody: {
            title?: string;
            url?: string | null;
            author?: string | null;
            section?: string | null;
            /** Format: date-time */
            publishedAt?: string;
            body?: {
                heading?: string;
                paragraphs: string[];
            }[] | null;
            commenting?: {
                open?: boolean;
                /** @enum {string|null} */
                mode?: "open" | "screened" | "moderated" | null;
                /** Format: date-time */
                closesAt?: string | null;
                breaking?: {
                    /** @default null */
                    slowSeconds?: number | null;
                    /** @default false */
                    holdNewcomers?: boolean;
                    /** @default true */
                    links?: boolean;
                    /** Format: date-time */
                    until: string;
                } | null;
                shards?: number;
            };
        };
        PatchCommentBody: {
            body: string;
        };
        PatchUserBody: {
            /** @enum {string} */
            standing: "trusted" | "normal" | "held" | "muted" | "banned";
            /** Format: date-time */
            until?: string | null;
            note?: string | null;
        };
        Policy: {
            /**
             * @default screened
             * @enum {string}
             */
            mode: "open" | "screened" | "moderated";
            /** @default [] */
            bannedPhrases: string[];
            /** @default [] */
            suspectPhrases: string[];
            links: {
                /** @default 2 */
                max: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action: "hold" | "reject" | "spam";
            };
            repeat: {
                /** @default 60 */
                minutes: number;
                /**
                 * @default reject
                 * @enum {string}
                 */
                action: "hold" | "reject" | "spam";
            };
            capitals: {
                /** @default 0.8 */
                share: number;
                /** @default 20 */
                minLetters: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action: "hold" | "reject" | "spam";
            };
            newcomers: {
                /** @default 0 */
                comments: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action: "hold" | "reject" | "spam";
            };
            record: {
                /** @default 0.3 */
                rejectedShare: number;
                /** @default 5 */
                minDecided: number;
                /** @default 7 */
                days: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action: "hold" | "reject" | "spam";
            };
            reports: {
                /** @default 3 */
                holdAt: number;
            };
            /** @default [] */
            checks: {
                name: string;
                url: string;
                /** @default 800 */
                timeoutMs: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                onFailure: "approve" | "hold" | "reject" | "spam";
            }[];
            /**
             * @default [
             *       "like"
             *     ]
             */
            reactions: string[];
            /** @default 5000 */
            maxLength: number;
            /** @default 15 */
            editMinutes: number;
            rate: {
                /** @default 6 */
                perMinute: number;
                /** @default 60 */
                perHour: number;
            };
            /** @description 0 is the default that nobody has put. */
            version: number;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            updatedAt: string | null;
            updatedBy: string | null;
        };
        /**
         * @example {
         *       "examined": 18,
         *       "outcomes": {
         *         "approve": 17,
         *         "hold": 1,
         *         "reject": 0
         *       },
         *       "changed": [
         *         {
         *           "articleId": "ceasefire",
         *           "commentId": "01a2087d-055f-761f-a4ff-8ff03da283de",
         *           "from": "approved",
         *           "to": "held",
         *           "rules": [
         *             {
         *               "rule": "suspectPhrases",
         *               "action": "hold",
         *               "evidence": "“snake oil” at character 12"
         *             }
         *           ],
         *           "decided": false
         *         }
         *       ],
         *       "decided": {
         *         "approved": {
         *           "approve": 0,
         *           "hold": 0,
         *           "reject": 0
         *         },
         *         "rejected": {
         *           "approve": 0,
         *           "hold": 0,
         *           "reject": 0
         *         }
         *       },
         *       "nextCursor": null
         *     }
         */
        PolicyTrial: {
            /** @description Comments that the policy was tried on, on this page. */
            examined: number;
            outcomes: components["schemas"]["TrialOutcomes"];
            /** @description Where the two differ. */
            changed: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
                /**
                 * @description Where the comment stands now.
                 * @enum {string}
                 */
                from: "approved" | "held" | "rejected" | "spam";
                /**
                 * @description What the policy would have made of it.
                 * @enum {string}
                 */
                to: "approved" | "held" | "rejected" | "spam";
                /** @description What would have fired. */
                rules: {
                    rule: string;
                    /** @enum {string} */
                    action: "approve" | "hold" | "reject" | "spam" | "mute";
                    /** @description Quotes the text that made the rule fire, or states the fact. */
                    evidence: string;
                }[];
                /** @description Whether it stands where it stands because a moderator decided so. */
                decided: boolean;
            }[];
            /** @description How the policy compares with what moderators decided. */
            decided: {
                /** @description What moderators approved: `hold` would have been asked about, `reject` lost. */
                approved: components["schemas"]["TrialOutcomes"];
                /** @description What moderators rejected or called spam: `approve` would have been published. */
                rejected: components["schemas"]["TrialOutcomes"];
            };
            /** @description Send it as `cursor`, with the same policy and `since`; null on the last page. */
            nextCursor: string | null;
        };
        PostAppealBody: {
            note: string;
        };
        PostCommentBody: {
            body: string;
            parentId?: components["schemas"]["CommentId"] | null;
        };
        PostReportBody: {
            /** @enum {string} */
            reason: "spam" | "abuse" | "off-topic" | "other";
            note?: string;
        };
        /**
         * @example {
         *       "type": "/problems/invalid",
         *       "title": "The request breaks a rule",
         *       "status": 422,
         *       "detail": "The comment breaks a rule.",
         *       "instance": "b1c2d3e4-0000-4000-8000-000000000000",
         *       "errors": [
         *         {
         *           "path": "/body",
         *           "message": "must say something"
         *         }
         *       ]
         *     }
         */
        Problem: {
            /**
             * @description Identifies the kind of problem; what it means is found there.
             * @enum {string}
             */
            type: "/problems/malformed-request" | "/problems/bad-cursor" | "/problems/unauthenticated" | "/problems/forbidden" | "/problems/not-found" | "/problems/method-not-allowed" | "/problems/conflict" | "/problems/comments-closed" | "/problems/stale-revision" | "/problems/too-large" | "/problems/unsupported-media-type" | "/problems/invalid" | "/problems/precondition-required" | "/problems/too-many-requests" | "/problems/internal" | "/problems/unavailable";
            title: string;
            status: number;
            /** @description What is wrong with this very request. */
            detail: string;
            /** @description The request id, as in `x-request-id`. */
            instance: string;
            /** @description The rules that were broken, with 400 and 422. */
            errors?: {
                /** @description JSON Pointer (RFC 6901) into the body, or `/` and the name of a parameter of the path or the query, or of a header. */
                path: string;
                message: string;
            }[];
        };
        /**
         * @example {
         *       "type": "/problems/not-found",
         *       "title": "There is nothing here",
         *       "status": 404,
         *       "description": "Nothing that …"
         *     }
         */
        ProblemType: {
            type: string;
            title: string;
            status: number;
            description: string;
        };
        PutArticleBody: {
            title: string;
            url?: string | null;
            author?: string | null;
            section?: string | null;
            /** Format: date-time */
            publishedAt?: string;
            body?: {
                heading?: string;
                paragraphs: string[];
            }[];
            commenting?: {
                open?: boolean;
                /** @enum {string|null} */
                mode?: "open" | "screened" | "moderated" | null;
                /** Format: date-time */
                closesAt?: string | null;
                breaking?: {
                    /** @default null */
                    slowSeconds?: number | null;
                    /** @default false */
                    holdNewcomers?: boolean;
                    /** @default true */
                    links?: boolean;
                    /** Format: date-time */
                    until: string;
                } | null;
                shards?: number;
            };
        };
        PutPolicyBody: {
            /**
             * @default screened
             * @enum {string}
             */
            mode?: "open" | "screened" | "moderated";
            /** @default [] */
            bannedPhrases?: string[];
            /** @default [] */
            suspectPhrases?: string[];
            /** @default {} */
            links?: {
                /** @default 2 */
                max?: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action?: "hold" | "reject" | "spam";
            };
            /** @default {} */
            repeat?: {
                /** @default 60 */
                minutes?: number;
                /**
                 * @default reject
                 * @enum {string}
                 */
                action?: "hold" | "reject" | "spam";
            };
            /** @default {} */
            capitals?: {
                /** @default 0.8 */
                share?: number;
                /** @default 20 */
                minLetters?: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action?: "hold" | "reject" | "spam";
            };
            /** @default {} */
            newcomers?: {
                /** @default 0 */
                comments?: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action?: "hold" | "reject" | "spam";
            };
            /** @default {} */
            record?: {
                /** @default 0.3 */
                rejectedShare?: number;
                /** @default 5 */
                minDecided?: number;
                /** @default 7 */
                days?: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                action?: "hold" | "reject" | "spam";
            };
            /** @default {} */
            reports?: {
                /** @default 3 */
                holdAt?: number;
            };
            /** @default [] */
            checks?: {
                name: string;
                url: string;
                /** @default 800 */
                timeoutMs?: number;
                /**
                 * @default hold
                 * @enum {string}
                 */
                onFailure?: "approve" | "hold" | "reject" | "spam";
            }[];
            /**
             * @default [
             *       "like"
             *     ]
             */
            reactions?: string[];
            /** @default 5000 */
            maxLength?: number;
            /** @default 15 */
            editMinutes?: number;
            /** @default {} */
            rate?: {
                /** @default 6 */
                perMinute?: number;
                /** @default 60 */
                perHour?: number;
            };
            version?: unknown;
            updatedAt?: unknown;
            updatedBy?: unknown;
        };
        PutReactionBody: {
            kind: string;
        };
        QueueItem: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator, `muted` is shown to its author alone.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted" | "muted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            verdict: components["schemas"]["Verdict"] | null;
            reports: {
                count: number;
                reasons: {
                    [key: string]: number;
                };
            };
            /** @description What its author said against its being taken down. */
            appeal: {
                note: string;
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                at: string;
            } | null;
            authorRecord: {
                approved: number;
                rejected: number;
                /**
                 * @description `trusted` is asked for banned phrases only, `held` always waits for a moderator, `muted` alone sees what they post, `banned` may not take part.
                 * @enum {string}
                 */
                standing: "trusted" | "normal" | "held" | "muted" | "banned";
            };
            /** @description The moderator who works on it right now. */
            claimedBy: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            claimedUntil: string | null;
            parent: components["schemas"]["CommentInAnyStatus"] | null;
        };
        QueuePage: {
            items: components["schemas"]["QueueItem"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "queues": [
         *         {
         *           "name": "held",
         *           "size": 2
         *         },
         *         {
         *           "name": "reported",
         *           "size": 0
         *         },
         *         {
         *           "name": "appeals",
         *           "size": 1
         *         }
         *       ]
         *     }
         */
        Queues: {
            queues: {
                /** @enum {string} */
                name: "held" | "reported" | "appeals";
                size: number;
            }[];
        };
        /**
         * @example {
         *       "kind": "like"
         *     }
         */
        Reaction: {
            kind: string;
        };
        /**
         * @example {
         *       "decidedBy": "rules",
         *       "rules": [
         *         "bannedPhrases"
         *       ],
         *       "at": "2026-11-23T09:30:00.412Z"
         *     }
         */
        Reasons: {
            /** @enum {string} */
            decidedBy: "rules" | "moderator";
            /** @description The rules that fired, by name: they decided, or brought it before the moderator. */
            rules: string[];
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            at: string;
        };
        /**
         * @example {
         *       "drift": 0,
         *       "before": {
         *         "approved": 18
         *       },
         *       "after": {
         *         "approved": 18
         *       },
         *       "woken": 0
         *     }
         */
        Recount: {
            /** @description Sum of absolute differences found: 0 is what it should be. */
            drift: number;
            /** @description Comments by status, as they were counted. */
            before: {
                [key: string]: number;
            };
            after: {
                [key: string]: number;
            };
            /** @description Comments that had waited over a minute to be counted, and are counted now. */
            woken: number;
        };
        /**
         * @example {
         *       "reason": "spam",
         *       "note": null,
         *       "createdAt": "2026-11-23T09:31:00.000Z",
         *       "outcome": "open"
         *     }
         */
        Report: {
            /** @enum {string} */
            reason: "spam" | "abuse" | "off-topic" | "other";
            note: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * @description `removed`: the comment is gone; `kept`: a moderator has seen it since and approved; `open` otherwise.
             * @enum {string}
             */
            outcome: "open" | "removed" | "kept";
        };
        StartJobBody: {
            /** @constant */
            kind: "reject-branch";
            articleId: components["schemas"]["ArticleId"];
            commentId: components["schemas"]["CommentId"];
            note?: string;
        } | {
            /** @constant */
            kind: "reject-member";
            memberId: components["schemas"]["MemberId"];
            days: number;
            note?: string;
        };
        Stats: {
            /** @description Today first; every day of the period. */
            days: components["schemas"]["DayStats"][];
        };
        Stored: {
            id: string;
            /** @constant */
            type: "profile";
            name: string | null;
            /** @enum {string} */
            standing: "trusted" | "normal" | "held" | "banned";
            /**
             * Format: date-time
             * @description When the standing ends by itself.
             * @example 2026-11-23T09:30:00.000Z
             */
            until: string | null;
        } | {
            /** @constant */
            type: "claim";
            /** @enum {string} */
            queue: "held" | "reported" | "appeals";
            commentIds: components["schemas"]["CommentId"][];
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            until: string;
        } | {
            id: components["schemas"]["CommentId"];
            /** @constant */
            type: "comment";
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `pending` is being screened, `held` waits for a moderator.
             * @enum {string}
             */
            status: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            /** @description Why it is held, rejected or spam; null otherwise. */
            reasons: components["schemas"]["Reasons"] | null;
            /** @description What I have said against it. */
            appeal: components["schemas"]["Appeal"] | null;
            verdict: components["schemas"]["OwnVerdict"] | null;
            /** @description What it said before each edit. */
            earlier: {
                body: string | null;
                /**
                 * Format: date-time
                 * @example 2026-11-23T09:30:00.000Z
                 */
                until: string;
            }[];
            /** @description What it will say once its last edit has been screened. */
            waiting: string | null;
        } | {
            /** @constant */
            type: "reaction";
            commentId: components["schemas"]["CommentId"];
            kind: string;
        } | {
            /** @constant */
            type: "report";
            commentId: components["schemas"]["CommentId"];
            /** @enum {string} */
            reason: "spam" | "abuse" | "off-topic" | "other";
            note: string | null;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string | null;
        };
        ThreadComment: {
            id: components["schemas"]["CommentId"];
            articleId: components["schemas"]["ArticleId"];
            /** @description The comment this one answers; null at the top level. */
            parentId: components["schemas"]["CommentId"] | null;
            /** @description 0 is the top level. */
            depth: number;
            /** @description Null in a tombstone. */
            author: components["schemas"]["Author"] | null;
            /** @description What the member wrote, in Markdown; null in a tombstone. */
            body: string | null;
            /** @description The sanitised rendering of `body`, safe to insert as it is; null in a tombstone. */
            html: string | null;
            /**
             * @description `deleted` and `removed` are tombstones: by its author, by a moderator.
             * @enum {string}
             */
            status: "approved" | "deleted" | "removed";
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            createdAt: string;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            editedAt: string | null;
            /** @description Approved direct replies. */
            replyCount: number;
            /** @description How many members reacted, by kind. */
            reactions: {
                [key: string]: number;
            };
            featured: boolean;
            /** @description Moves with content and decisions; `If-Match` takes it in quotes. */
            revision: number;
            replies?: components["schemas"]["CommentPage"];
        };
        ThreadPage: {
            items: components["schemas"]["ThreadComment"][];
            /** @description Send it as `cursor` for the next page; null on the last one. */
            nextCursor: string | null;
        };
        /**
         * @example {
         *       "message": "Too Many Requests"
         *     }
         */
        Throttled: {
            message: string;
        };
        /** @description Comments by what the policy would have done to them. */
        TrialOutcomes: {
            approve: number;
            hold: number;
            /** @description Or called spam. */
            reject: number;
        };
        TryPolicyBody: {
            policy: components["schemas"]["PutPolicyBody"];
            /** Format: date-time */
            since: string;
            cursor?: string | null;
        };
        /**
         * @example {
         *       "id": "ann",
         *       "name": "Ann",
         *       "standing": "held",
         *       "until": "2026-12-01T00:00:00.000Z",
         *       "note": "Three warnings.",
         *       "record": {
         *         "approved": 12,
         *         "held": 1,
         *         "rejected": 3,
         *         "spam": 0,
         *         "deleted": 0,
         *         "muted": 0
         *       },
         *       "revision": 2
         *     }
         */
        User: {
            id: components["schemas"]["MemberId"];
            /** @description Null for somebody who has never posted. */
            name: string | null;
            /**
             * @description `trusted` is asked for banned phrases only, `held` always waits for a moderator, `muted` alone sees what they post, `banned` may not take part.
             * @enum {string}
             */
            standing: "trusted" | "normal" | "held" | "muted" | "banned";
            /**
             * Format: date-time
             * @description When the standing ends by itself; null if it does not.
             * @example 2026-11-23T09:30:00.000Z
             */
            until: string | null;
            /** @description Told to moderators only. */
            note: string | null;
            /** @description How many comments are in each status. */
            record: {
                approved: number;
                held: number;
                rejected: number;
                spam: number;
                deleted: number;
                muted: number;
            };
            /** @description Moves with every standing given; 0 when none ever was. */
            revision: number;
        };
        /**
         * @example {
         *       "outcome": "held",
         *       "policyVersion": 3,
         *       "at": "2026-11-23T09:30:00.412Z",
         *       "rules": [
         *         {
         *           "rule": "suspectPhrases",
         *           "action": "hold",
         *           "evidence": "“snake oil”"
         *         }
         *       ]
         *     }
         */
        Verdict: {
            /** @enum {string} */
            outcome: "approved" | "held" | "rejected" | "spam" | "muted";
            policyVersion: number;
            /**
             * Format: date-time
             * @example 2026-11-23T09:30:00.000Z
             */
            at: string;
            rules: {
                rule: string;
                /** @enum {string} */
                action: "approve" | "hold" | "reject" | "spam" | "mute";
                /** @description Quotes the text that made the rule fire, or states the fact. */
                evidence: string;
            }[];
        };
    };
    responses: {
        /** @description `comments-closed`: Comments are closed. `conflict`: The current state does not allow this. */
        CommentsClosedOrConflict: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `conflict`: The current state does not allow this. */
        Conflict: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `forbidden`: The token does not allow this. */
        Forbidden: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `internal`: Something went wrong. */
        Internal: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `invalid`: The request breaks a rule. */
        Invalid: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `malformed-request`: The request could not be read. */
        MalformedRequest: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `malformed-request`: The request could not be read. `bad-cursor`: The cursor does not belong to this query. */
        MalformedRequestOrBadCursor: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `not-found`: There is nothing here. */
        NotFound: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description What the client has is still the same. */
        NotModified: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                ETag: components["headers"]["ETag"];
                [name: string]: unknown;
            };
            content?: never;
        };
        /** @description `precondition-required`: If-Match is needed. */
        PreconditionRequired: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `stale-revision`: It has changed in the meantime. */
        StaleRevision: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description More requests reach the whole service than it is set to take; API Gateway says so in its own words. */
        Throttled: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Throttled"];
            };
        };
        /** @description `too-large`: The body is too large. */
        TooLarge: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `too-many-requests`: Too many requests. */
        TooManyRequests: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                "Retry-After": components["headers"]["RetryAfter"];
                RateLimit: components["headers"]["RateLimit"];
                "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
                "application/json": components["schemas"]["Throttled"];
            };
        };
        /** @description `unauthenticated`: A valid token is needed. */
        Unauthenticated: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                "WWW-Authenticate": components["headers"]["Challenge"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unavailable`: Try again shortly. */
        Unavailable: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                "Retry-After": components["headers"]["RetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description `unsupported-media-type`: The body must be JSON. */
        UnsupportedMediaType: {
            headers: {
                "x-request-id": components["headers"]["RequestId"];
                "Cache-Control": components["headers"]["PrivateCache"];
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: {
        /** @description The `ETag` of what the client has: 304 if it is still the same. */
        IfNoneMatch: string;
        /**
         * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
         * @example "3"
         */
        IfMatch: string;
        /** @description The same key with the same payload within 24 hours gives the first answer again; another payload gives 422. */
        IdempotencyKey: string;
    };
    requestBodies: never;
    headers: {
        /** @description Names this request in the log. */
        RequestId: string;
        /** @description The strong validator of this answer: for `If-None-Match`, and where there is a revision for `If-Match`. */
        ETag: string;
        /**
         * @description Anybody may keep it for a moment.
         * @example public, max-age=0, s-maxage=1, stale-while-revalidate=10
         */
        PublicCache: string;
        /**
         * @description What of a request decides about the answer: which site may read it.
         * @example Origin
         */
        Vary: string;
        /**
         * @description Nobody may keep it.
         * @example private, no-store
         */
        PrivateCache: string;
        /**
         * @description Where the next page is, where that is not in the body (RFC 8288).
         * @example </v1/…>; rel="next"
         */
        Link: string;
        /** @description Where what was created is found. */
        Location: string;
        /** @description Seconds to wait before the next try. */
        RetryAfter: number;
        /**
         * @description What is wrong with the token (RFC 6750).
         * @example Bearer error="invalid_token"
         */
        Challenge: string;
        /** @description What is left of the quota, and when it is whole again. A post that is sent again charges nothing, and does not tell it. */
        RateLimit: string;
        /** @description The quota. */
        RateLimitPolicy: string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listArticles: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                section?: string;
            };
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of articles, without their text. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ArticlePage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["MalformedRequestOrBadCursor"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getArticle: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The article. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putArticle: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "Ceasefire holds for a third day",
                 *       "section": "World",
                 *       "body": [
                 *         {
                 *           "paragraphs": [
                 *             "For a third day …"
                 *           ]
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PutArticleBody"];
            };
        };
        responses: {
            /** @description The article as it is now. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            /** @description The article was new. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            412: components["responses"]["StaleRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteArticle: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is off public view. */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["StaleRevision"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchArticle: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "commenting": {
                 *         "open": false
                 *       }
                 *     }
                 */
                "application/json": components["schemas"]["PatchArticleBody"];
            };
        };
        responses: {
            /** @description The article as it is now. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Article"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["StaleRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCounts: {
        parameters: {
            query: {
                articles: string[];
            };
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Comment counts by article id. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Counts"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["MalformedRequest"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listComments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                sort?: "newest" | "oldest" | "top";
                parent?: components["schemas"]["CommentId"];
                replies?: number;
                view?: "flat";
            };
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of comments. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ThreadPage"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["MalformedRequestOrBadCursor"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    postComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same payload within 24 hours gives the first answer again; another payload gives 422. */
                "Idempotency-Key"?: components["parameters"]["IdempotencyKey"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": "Thank you for this report."
                 *     }
                 */
                "application/json": components["schemas"]["PostCommentBody"];
            };
        };
        responses: {
            /** @description The comment as it was taken. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    Location: components["headers"]["Location"];
                    RateLimit: components["headers"]["RateLimit"];
                    "RateLimit-Policy": components["headers"]["RateLimitPolicy"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnComment"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["CommentsClosedOrConflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["TooManyRequests"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getComment: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentWithAncestors"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteComment: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It is gone. */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["StaleRevision"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchComment: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "body": "Thank you for this thorough report."
                 *     }
                 */
                "application/json": components["schemas"]["PatchCommentBody"];
            };
        };
        responses: {
            /** @description The comment with its edit. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnComment"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            412: components["responses"]["StaleRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getFeed: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An Atom feed (RFC 4287). */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/atom+xml": string;
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "like"
                 *     }
                 */
                "application/json": components["schemas"]["PutReactionBody"];
            };
        };
        responses: {
            /** @description The reaction as it stands. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Reaction"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteReaction: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description There is no reaction of this member any more. */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    postReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "spam",
                 *       "note": "The same link under every story."
                 *     }
                 */
                "application/json": components["schemas"]["PostReportBody"];
            };
        };
        responses: {
            /** @description The report that was there already. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            /** @description The report. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Report"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    postAppeal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "note": "It is a quotation from the article."
                 *     }
                 */
                "application/json": components["schemas"]["PostAppealBody"];
            };
        };
        responses: {
            /** @description The appeal. */
            201: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Appeal"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            409: components["responses"]["Conflict"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    exportMe: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of what is stored. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ExportPage"];
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    deleteMe: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The erasure has begun. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The erasure as it stands. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listMyComments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of own comments. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OwnCommentPage"];
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getMyArticle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Own unapproved comments, own reactions and own reports. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MyArticle"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getQueues: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The queues. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Queues"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listQueue: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
            };
            header?: never;
            path: {
                name: "held" | "reported" | "appeals";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of what waits, each with what is needed to decide. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePage"];
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    claimComments: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: "held" | "reported" | "appeals";
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "limit": 10
                 *     }
                 */
                "application/json": components["schemas"]["ClaimCommentsBody"];
            };
        };
        responses: {
            /** @description What is yours now, as the queue shows it. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Claimed"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    giveBackClaims: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: "held" | "reported" | "appeals";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Others may claim it now. */
            204: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content?: never;
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    decideOnComments: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "decisions": [
                 *         {
                 *           "articleId": "ceasefire",
                 *           "commentId": "01a2087d-055f-761f-a4ff-8ff03da283de",
                 *           "action": "approve",
                 *           "revision": 1
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["DecideOnCommentsBody"];
            };
        };
        responses: {
            /** @description What became of each, in the order asked. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DecisionResults"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getUser: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                userId: components["schemas"]["MemberId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The member. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    patchUser: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match"?: components["parameters"]["IfMatch"];
            };
            path: {
                userId: components["schemas"]["MemberId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "standing": "held",
                 *       "until": "2030-01-01T00:00:00.000Z",
                 *       "note": "Three warnings."
                 *     }
                 */
                "application/json": components["schemas"]["PatchUserBody"];
            };
        };
        responses: {
            /** @description The member as they stand now. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["User"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            412: components["responses"]["StaleRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    startJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "reject-member",
                 *       "memberId": "troll",
                 *       "days": 7,
                 *       "note": "The same insult everywhere."
                 *     }
                 */
                "application/json": components["schemas"]["StartJobBody"];
            };
        };
        responses: {
            /** @description The work has begun. */
            202: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    Location: components["headers"]["Location"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                jobId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job as it stands. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getCommentHistory: {
        parameters: {
            query?: {
                cursor?: string;
            };
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                articleId: components["schemas"]["ArticleId"];
                commentId: components["schemas"]["CommentId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The comment, and a page of its history. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentHistory"];
                };
            };
            304: components["responses"]["NotModified"];
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    searchComments: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                article?: components["schemas"]["ArticleId"];
                author?: components["schemas"]["MemberId"];
                status?: "pending" | "approved" | "held" | "rejected" | "spam" | "deleted" | "muted";
                since?: string;
                until?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of comments. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CommentInAnyStatusPage"];
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    listAudit: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string;
                since?: string;
                until?: string;
                actor?: components["schemas"]["MemberId"];
                article?: components["schemas"]["ArticleId"];
                member?: components["schemas"]["MemberId"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of records. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    Link: components["headers"]["Link"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                    "application/x-ndjson": string;
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getStats: {
        parameters: {
            query?: {
                days?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The days. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getPolicy: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The policy. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            304: components["responses"]["NotModified"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    putPolicy: {
        parameters: {
            query?: never;
            header: {
                /**
                 * @description The `ETag` or, in quotes, the revision that the change is meant for: 412 if there is a newer one.
                 * @example "3"
                 */
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "suspectPhrases": [
                 *         "snake oil"
                 *       ],
                 *       "links": {
                 *         "max": 1
                 *       },
                 *       "checks": [
                 *         {
                 *           "name": "tone",
                 *           "url": "https://checks.example.org/tone"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["PutPolicyBody"];
            };
        };
        responses: {
            /** @description The policy in force now. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Policy"];
                };
            };
            400: components["responses"]["MalformedRequest"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            412: components["responses"]["StaleRevision"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            428: components["responses"]["PreconditionRequired"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    tryPolicy: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "policy": {
                 *         "suspectPhrases": [
                 *           "snake oil"
                 *         ],
                 *         "links": {
                 *           "max": 1
                 *         }
                 *       },
                 *       "since": "2026-11-16T00:00:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["TryPolicyBody"];
            };
        };
        responses: {
            /** @description What the policy would have done on this page. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PolicyTrial"];
                };
            };
            400: components["responses"]["MalformedRequestOrBadCursor"];
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            413: components["responses"]["TooLarge"];
            415: components["responses"]["UnsupportedMediaType"];
            422: components["responses"]["Invalid"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    recountArticle: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                articleId: components["schemas"]["ArticleId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found, and what is counted now. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    "Cache-Control": components["headers"]["PrivateCache"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Recount"];
                };
            };
            401: components["responses"]["Unauthenticated"];
            403: components["responses"]["Forbidden"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table answers. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            304: components["responses"]["NotModified"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OpenAPI 3.1. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        openapi: string;
                        info: {
                            [key: string]: unknown;
                        };
                        paths: {
                            [key: string]: unknown;
                        };
                        components: {
                            [key: string]: unknown;
                        };
                    } & {
                        [key: string]: unknown;
                    };
                };
            };
            304: components["responses"]["NotModified"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description This description as a page to read. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            304: components["responses"]["NotModified"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
    getProblemType: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of what the client has: 304 if it is still the same. */
                "If-None-Match"?: components["parameters"]["IfNoneMatch"];
            };
            path: {
                code: "malformed-request" | "bad-cursor" | "unauthenticated" | "forbidden" | "not-found" | "method-not-allowed" | "conflict" | "comments-closed" | "stale-revision" | "too-large" | "unsupported-media-type" | "invalid" | "precondition-required" | "too-many-requests" | "internal" | "unavailable";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The problem type. */
            200: {
                headers: {
                    "x-request-id": components["headers"]["RequestId"];
                    ETag: components["headers"]["ETag"];
                    "Cache-Control": components["headers"]["PublicCache"];
                    Vary: components["headers"]["Vary"];
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ProblemType"];
                };
            };
            304: components["responses"]["NotModified"];
            404: components["responses"]["NotFound"];
            429: components["responses"]["Throttled"];
            500: components["responses"]["Internal"];
            503: components["responses"]["Unavailable"];
        };
    };
}
