"""The words of the first pages, in each language; editors change them in the admin afterwards."""

HOME = {
    "vi": {
        "title": "Hoàng Liên",
        "slug": "hoang-lien",
        "lead": (
            "Bảo tàng số và chợ đầu mối dược liệu của vùng núi phía Bắc: "
            "tìm một cây thuốc, đọc hồ sơ của cây, mua lô hàng có chứng nhận."
        ),
    },
    "en": {
        "title": "Hoàng Liên",
        "slug": "hoang-lien-en",
        "lead": (
            "The digital museum and wholesale market of the medicinal herbs of Vietnam’s northern "
            "mountains: find a plant, read its record, buy a certified lot."
        ),
    },
}

ABOUT = {
    "vi": {
        "title": "Giới thiệu",
        "slug": "gioi-thieu",
        "introduction": (
            "Hoàng Liên là tên một dãy núi và cũng là tên một cây thuốc. Trang này đặt hai việc "
            "cạnh nhau: giữ hồ sơ các loài dược liệu, và bán dược liệu có giấy tờ rõ ràng."
        ),
        "body": (
            "<h2>Bảo tàng</h2><p>Mỗi loài có một hồ sơ: tên khoa học, tên gọi theo từng ngôn ngữ "
            "kèm nguồn, bộ phận dùng, nơi sống, thận trọng và tài liệu tham khảo. Điều chưa biết "
            "thì để trống. Bảo tàng cung cấp thông tin, không đưa ra lời khuyên chữa bệnh.</p>"
            "<h2>Tri thức bản địa</h2><p>Tri thức thuộc về cộng đồng. Bản ghi chỉ hiển thị khi "
            "cộng đồng đồng thuận, và biến mất khi sự đồng thuận được rút.</p>"
            "<h2>Chợ đầu mối</h2><p>Người bán được thẩm tra trước khi đăng lô hàng. Dấu chứng nhận "
            "được suy ra từ giấy chứng nhận còn hiệu lực, không ai gõ tay.</p>"
        ),
    },
    "en": {
        "title": "About",
        "slug": "gioi-thieu",
        "introduction": (
            "Hoàng Liên is the name of a mountain range and of a herb. Two things stand side by "
            "side here: a record of the medicinal plants, and a trade in them with clear papers."
        ),
        "body": (
            "<h2>The museum</h2><p>Each species has a record: its scientific name, its names in "
            "several languages with their sources, the part that is used, where it grows, cautions "
            "and references. What is not known stays empty. The museum informs; it gives no "
            "medical advice.</p>"
            "<h2>Indigenous knowledge</h2><p>Knowledge belongs to its community. A record is shown "
            "only with the community’s consent and goes when consent is withdrawn.</p>"
            "<h2>The wholesale market</h2><p>Sellers are vetted before they list a lot. A badge is "
            "derived from a certificate that is valid today; nobody types it.</p>"
        ),
    },
}
