"""What is said. It knows nothing of Iris, so that it is tested alone."""


def greeting(locale: str, number: int) -> str:
    if locale == "ja":
        return f"INC-{number}の対応を始めます。"
    return f"INC-{number} begins here."
