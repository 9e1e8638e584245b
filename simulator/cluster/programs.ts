/** The programs that a control plane consists of, beside this one. */
export const controlPlanePrograms = [
    "etcd",
    "kube-apiserver",
    "kube-controller-manager",
    "kube-scheduler",
    "kwok",
] as const;

/** Where these programs are on this machine. */
export type ControlPlanePrograms = Readonly<Record<(typeof controlPlanePrograms)[number], string>>;
