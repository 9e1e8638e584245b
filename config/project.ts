/** Name of the Pulumi project, and so of the namespace of its configuration keys. */
export const projectName = "aks-landing-zone";
