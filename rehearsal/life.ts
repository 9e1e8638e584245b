import { changesOf } from "./engine";
import type { OperationResult, StateResource } from "./engine";
import { lifeChecks } from "./lifeChecks";
import type { CheckId } from "./lifeChecks";
import { GoneCluster } from "./goneCluster";
import type { Check, Report, Step } from "./report";
import { textsWithSecret } from "./secretSearch";
import { onStage } from "./stage";
import type { Stage, StageOptions } from "./stage";
import { withoutProtection } from "./stackSettings";
import { workloadProblems } from "./workloads";

/** Which stack to rehearse, and how. */
export interface RehearsalOptions extends StageOptions {
    /** Called with a few words about what is being done. */
    onProgress?: (step: string) => void;
}

/** Takes a stack through its life, from nothing to nothing, and reports what held. */
export async function rehearse(options: RehearsalOptions): Promise<Report> {
    const start = performance.now();
    options.onProgress?.("starting a Kubernetes control plane and the simulated Azure");
    return onStage(options, async (stage) => {
        const life = new Life(stage, options);
        life.timed("control plane and simulator", performance.now() - start);
        await life.run();
        return {
            stack: options.stack,
            checks: life.checks(),
            steps: life.steps,
            resources: life.resources.length,
            durationInMilliseconds: Math.round(performance.now() - start),
            ...(options.keep ? { keptIn: stage.workspace.root } : {}),
        };
    });
}

/** One life of a stack. Each step records its checks; what a failed step leaves out is reported as skipped. */
class Life {
    readonly steps: Step[] = [];
    resources: StateResource[] = [];
    readonly #stage: Stage;
    readonly #options: RehearsalOptions;
    readonly #found = new Map<CheckId, Pick<Check, "outcome" | "detail">>();

    constructor(stage: Stage, options: RehearsalOptions) {
        this.#stage = stage;
        this.#options = options;
    }

    get #isProtected(): boolean {
        return this.#stage.settings.checked.protection.protect;
    }

    async run(): Promise<void> {
        if (!(await this.#create())) {
            return;
        }
        await this.#changeNothing();
        if (this.#isProtected) {
            await this.#liftProtection();
        }
        await this.#destroy();
        this.#searchSecrets();
    }

    /** All checks that apply to this stack, in the order of its life. */
    checks(): Check[] {
        return lifeChecks
            .filter(({ onlyProtected }) => !onlyProtected || this.#isProtected)
            .map(({ id, title }) => ({
                id,
                title,
                ...(this.#found.get(id) ?? { outcome: "skipped", detail: "a step before it failed" }),
            }));
    }

    timed(name: string, durationInMilliseconds: number): void {
        this.steps.push({ name, durationInMilliseconds: Math.round(durationInMilliseconds) });
    }

    async #create(): Promise<boolean> {
        const { engine, controlPlane } = this.#stage;
        const preview = await this.#do("preview", "preview");
        const up = await this.#do("first up", "up");
        if (!this.#succeeded("first-up", up)) {
            return false;
        }
        this.resources = engine.resources();
        this.#compareWithPreview(preview);
        const problems = await workloadProblems(controlPlane.api, this.resources);
        this.#record("workloads-ready", problems, "every pod is Ready, every load balancer has an address");
        return true;
    }

    #compareWithPreview(preview: OperationResult): void {
        const previewed = new Set(preview.steps.map(({ urn }) => urn));
        const made = new Set(this.resources.map(({ urn }) => urn));
        const problems = [
            ...(preview.error === undefined ? [] : [`the preview failed: ${preview.error}`]),
            ...[...made].filter((urn) => !previewed.has(urn)).map((urn) => `not in the preview: ${urn}`),
            ...[...previewed].filter((urn) => !made.has(urn)).map((urn) => `only in the preview: ${urn}`),
        ];
        this.#record("preview-names-all", problems, `${made.size} resources in both`);
    }

    async #changeNothing(): Promise<void> {
        this.#recordNoChanges("second-up", await this.#do("second up", "up"));
        const refresh = await this.#do("refresh", "refresh");
        const up = await this.#do("up after refresh", "up");
        this.#record("refresh", [...changesIn(refresh), ...changesIn(up)], "0 changes");
    }

    async #liftProtection(): Promise<void> {
        const { simulator, workspace, settings } = this.#stage;
        const before = simulator.entities().length;
        const refused = await this.#do("destroy while protected", "destroy");
        const lost = before - simulator.entities().length;
        const problems = [
            ...(/protect/i.test(refused.error ?? "") ? [] : [refused.error ?? "destroy was not refused"]),
            ...(lost === 0 ? [] : [`${lost} resources were deleted before it was refused`]),
        ];
        this.#record("protected-destroy", problems, "refused, and nothing was deleted");

        workspace.writeStackFile(this.#options.stack, withoutProtection(settings));
        const lifted = await this.#do("up without protection", "up");
        if (this.#succeeded("protection-lifted", lifted)) {
            // A component is nothing outside the state: what it holds of its locks' ids goes with them.
            const changes = changesOf(lifted).filter(({ isComponent }) => !isComponent);
            const others = changes
                .filter(({ operation, urn }) => !(operation === "delete" && /:ManagementLock/.test(urn)))
                .map(({ operation, urn }) => `${operation} ${urn}`);
            this.#record("protection-lifted", others, `${changes.length} locks deleted, nothing else`);
        }
    }

    /** The cluster is taken away first: whatever still calls it finds nobody. */
    async #destroy(): Promise<void> {
        const { engine, controlPlane, simulator } = this.#stage;
        await controlPlane.stop();
        const gone = new GoneCluster(controlPlane.key, controlPlane.certificateAuthority);
        await gone.listen(controlPlane.port);
        const destroy = await this.#do("destroy", "destroy");
        await gone.close();
        this.#record(
            "destroy-calls",
            gone.objectRequests,
            `${gone.requests.length} requests by which the provider gets to know a cluster, none for an object`,
        );
        if (this.#succeeded("destroy", destroy)) {
            const left = [
                ...simulator.entities().map(({ id }) => `left in the simulated Azure: ${id}`),
                ...engine.resources().map(({ urn }) => `left in the state: ${urn}`),
            ];
            this.#record("destroy", left, "nothing left in the simulated Azure, nothing left in the state");
        }
    }

    #searchSecrets(): void {
        const { workspace, secrets } = this.#stage;
        const texts = workspace.writtenTexts();
        const leaks = textsWithSecret(texts, secrets).map((name) => `in plain in ${name}`);
        // Without the kubeconfig in the state there would be nothing to find, and nothing proven.
        const provider = this.resources.find(({ type }) => type === "pulumi:providers:kubernetes");
        const isKept = JSON.stringify(provider?.inputs?.["kubeconfig"] ?? "").includes("ciphertext");
        const unproven = isKept ? [] : ["the state has no kubeconfig in ciphertext"];
        this.#record(
            "secrets",
            [...leaks, ...unproven],
            `in none of ${texts.length} files of state and logs`,
        );
    }

    async #do(name: string, operation: "preview" | "up" | "refresh" | "destroy"): Promise<OperationResult> {
        const { engine } = this.#stage;
        const progress = (count: number) =>
            this.#options.onProgress?.(count === 0 ? name : `${name}, ${count} resources`);
        progress(0);
        const result = await engine[operation](progress);
        this.timed(name, result.durationInMilliseconds);
        return result;
    }

    #succeeded(id: CheckId, { error, steps }: OperationResult): boolean {
        this.#record(id, error === undefined ? [] : [error], `${steps.length} resources`);
        return error === undefined;
    }

    #recordNoChanges(id: CheckId, result: OperationResult): void {
        this.#record(id, changesIn(result), "0 changes");
    }

    #record(id: CheckId, problems: readonly string[], good: string): void {
        this.#found.set(id, {
            outcome: problems.length === 0 ? "holds" : "fails",
            detail: problems.length === 0 ? good : problems.join("\n"),
        });
    }
}

function changesIn(result: OperationResult): string[] {
    return [
        ...(result.error === undefined ? [] : [result.error]),
        ...changesOf(result).map(({ operation, urn }) => `${operation} ${urn}`),
    ];
}
