"""What the door answers."""


def is_unusable(answer):
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["status"] == 422
    return answer.json()
